import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;

/** Judges an N-Triples file with Jena: java Judge.java GRAPH SHAPES REPORT. Seconds and peak memory on standard output. */
public class Judge {
    public static void main(String[] args) throws Exception {
        long began = System.nanoTime();
        Graph data = RDFDataMgr.loadGraph(args[0]);
        Shapes shapes = Shapes.parse(RDFDataMgr.loadGraph(args[1]));
        long loaded = System.nanoTime();
        ValidationReport report = ShaclValidator.get().validate(shapes, data);
        long done = System.nanoTime();
        try (OutputStream out = new FileOutputStream(args[2])) {
            RDFDataMgr.write(out, report.getGraph(), Lang.NTRIPLES);
        }
        double peak = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmHWM"))
            .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]) / 1000).findFirst().orElse(Double.NaN);
        System.out.printf(Locale.ROOT, "{\"load\": %.4f, \"validate\": %.4f, \"megabytes\": %.1f}%n",
            (loaded - began) / 1e9, (done - loaded) / 1e9, peak);
    }
}
