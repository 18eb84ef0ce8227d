"""The fixed parts of the configuration of nginx; `@NAME@` is filled in by `nginx`."""

from typing import Final

HEAD: Final = """# A copy of {base} (release {release}) for nginx 1.19 or newer.
# Put this file into conf.d/ or sites-enabled/.
# Look over `listen`, `server_name`, `root` and the certificates; the rest follows from the copy.
# Formats are chosen by the first decimal of their weights: q=0.95 and q=0.9 are the same here.
"""
CHECK: Final = """    if ($wg_refused) { return 404; }
    if ($wg_method = other) { return 405; }
    if ($wg_method = options) { return 204; }
    if ($wg_survivor) { return 301 @BASE@$wg_kind$wg_survivor$wg_suffix$is_args$args; }
    if (-f $document_root/@OWN@/gone/$wg_key.fr.json) { return 410; }
    if ($wg_other_release) { return 404; }
"""
SERVER: Final = """server {
  listen 80;
  listen [::]:80;
  server_name @HOST@;
  root "@ROOT@";

  server_tokens off;
  autoindex off;
  merge_slashes off;
  disable_symlinks on from=$document_root;
  index nothing-is-here;
  etag on;
  gzip off;
  charset utf-8;
  charset_types @TEXT@;
  default_type text/plain;
  types {
@TYPES@  }
@HEADERS@
  error_page 404 @missing;
  error_page 403 =404 @missing;
  error_page 406 /@OWN@/406;
  error_page 410 /@OWN@/gone/$wg_key;
@PREFIX@
  location / {
@CHECK@    if ($wg_profile) { return 404; }
    try_files $wg_stem@QUERY@.$wg_lang$wg_form $wg_stem@QUERY@$wg_form $wg_whole @other;
  }
  # Another format, or none that is accepted, of what is there; else there is nothing.
  location @other {
    if ($wg_suffix) { return 404; }
    if ($wg_page) { return 404; }
    if (-f $document_root$wg_stem.ttl) { return 406; }
    if (-f $document_root$wg_stem.fr.html) { return 406; }
    return 404;
  }
  location ^~ /id/ {
@CHECK@    if (-f $document_root/doc/$wg_thing.nq) { return 303 @BASE@/doc/$wg_ref$is_args$args; }
    return 404;
  }
  location = /dump { return 308 @BASE@/dump/; }
@LATEST@  location = @API@ {
    types { }
    default_type "@API_TYPE@";
    try_files $uri =404;
  }
  location @missing {
    types {
@KINDS@    }
    rewrite ^ /@OWN@/404.$wg_lang.$wg_form_problem break;
  }
  location ^~ /@OWN@/ {
    internal;
    types {
@KINDS@    }
    try_files $uri.$wg_lang.$wg_form_gone $uri.$wg_form_gone $uri.$wg_lang.json =404;
  }
}
"""
