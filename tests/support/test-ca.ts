import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, as files for servers and as PEM for clients. */
export interface TestCertificate {
  cert: string;
  key: string;
  certPem: string;
}

export interface TestCa {
  /** The authority that clients of the tests trust; it signed all but `selfSigned`. */
  ca: { cert: string; certPem: string };
  /** For localhost and 127.0.0.1, valid for a day. */
  good: TestCertificate;
  /** As `good`, but its time is over. */
  expired: TestCertificate;
  /** Valid, for elsewhere.example.test only. */
  wrongHost: TestCertificate;
  /** For localhost, signed by nobody but itself. */
  selfSigned: TestCertificate;
}

const localNames = 'DNS:localhost,IP:127.0.0.1,IP:::1';
const day = 24 * 3_600_000;

/** Makes a certificate authority and the certificates that tests of TLS need, by the openssl command, in `dir`. */
export function makeTestCa(dir: string): TestCa {
  mkdirSync(dir, { recursive: true });
  const path = (name: string) => join(dir, name);
  const now = Date.now();
  run(['req', '-x509', ...newKey, '-keyout', path('ca.key'), '-out', path('ca.pem'), '-days', '2', '-subj', '/CN=Pipit test authority', '-addext', 'keyUsage=critical,keyCertSign,cRLSign']);
  run(['req', '-x509', ...newKey, '-keyout', path('self-signed.key'), '-out', path('self-signed.pem'), '-days', '2', '-subj', '/CN=localhost', '-addext', `subjectAltName=${localNames}`]);
  prepareAuthority(dir);
  sign(dir, 'good', localNames, now - day, now + day);
  sign(dir, 'expired', localNames, now - 10 * day, now - day);
  sign(dir, 'wrong-host', 'DNS:elsewhere.example.test', now - day, now + day);
  return {
    ca: { cert: path('ca.pem'), certPem: readFileSync(path('ca.pem'), 'utf8') },
    good: certificate(dir, 'good'),
    expired: certificate(dir, 'expired'),
    wrongHost: certificate(dir, 'wrong-host'),
    selfSigned: certificate(dir, 'self-signed'),
  };
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function run(args: string[]): void {
  // OpenSSL tells its progress on standard error; kept for the message when it fails.
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** `openssl ca` is the one command of OpenSSL 3.0 that sets both ends of the validity, also in the past. */
function prepareAuthority(dir: string): void {
  writeFileSync(join(dir, 'index.txt'), '');
  writeFileSync(join(dir, 'serial'), '01\n');
  const config = [
    '[ca]', 'default_ca = here',
    '[here]', `dir = ${dir}`, 'database = $dir/index.txt', 'serial = $dir/serial', 'new_certs_dir = $dir', 'certificate = $dir/ca.pem',
    'private_key = $dir/ca.key', 'default_md = sha256', 'policy = any', 'unique_subject = no', 'copy_extensions = copy',
    '[any]', 'commonName = supplied',
  ];
  writeFileSync(join(dir, 'authority.conf'), `${config.join('\n')}\n`);
}

function sign(dir: string, name: string, names: string, from: number, until: number): void {
  const path = (ending: string) => join(dir, `${name}.${ending}`);
  run(['req', '-new', ...newKey, '-keyout', path('key'), '-out', path('csr'), '-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`]);
  run(['ca', '-batch', '-notext', '-config', join(dir, 'authority.conf'), '-in', path('csr'), '-out', path('pem'), '-startdate', utc(from), '-enddate', utc(until)]);
}

/** YYYYMMDDHHMMSSZ. */
function utc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace(/\D/g, '')}Z`;
}

function certificate(dir: string, name: string): TestCertificate {
  const cert = join(dir, `${name}.pem`);
  const key = join(dir, `${name}.key`);
  // Dovecot reads it as nobody.
  chmodSync(key, 0o644);
  return { cert, key, certPem: readFileSync(cert, 'utf8') };
}
