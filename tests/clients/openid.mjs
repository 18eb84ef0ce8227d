// A real OpenID provider for the tests: oidc-provider on a loopback port, with its own pages to log in and consent.
// node openid.mjs PACKAGE ISSUER REDIRECT: prints "ready"; whoever logs in is the subject that was typed.
import http from 'node:http';

const [, , path, issuer, redirect] = process.argv;
const { Provider } = await import(path);
const client = (more) => ({ redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'], ...more });

const provider = new Provider(issuer, {
  clients: [
    client({ client_id: 'wallograph', client_secret: 'a secret: with / signs & more', token_endpoint_auth_method: 'client_secret_basic' }),
    client({ client_id: 'posting', client_secret: 'another-secret', token_endpoint_auth_method: 'client_secret_post' }),
    client({ client_id: 'public', token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'ES256' }),
  ],
  clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256'] },
  jwks: {
    keys: await Promise.all(['RS256', 'ES256'].map(async (alg) => {
      const kind = alg === 'RS256'
        ? { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }
        : { name: 'ECDSA', namedCurve: 'P-256' };
      const pair = await crypto.subtle.generateKey(kind, true, ['sign', 'verify']);
      return { ...(await crypto.subtle.exportKey('jwk', pair.privateKey)), alg, use: 'sig', kid: `key-${alg}`, key_ops: undefined, ext: undefined };
    })),
  },
  findAccount: (ctx, login) => ({ accountId: login, claims: async () => ({ sub: login }) }),
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['of the tests'] },
});
provider.on('server_error', (ctx, error) => console.error(error));

http.createServer(provider.callback()).listen(Number(new URL(issuer).port), '127.0.0.1', () => console.log('ready'));
