/** The authorities this machine trusts, where curl, uv and buildx look for them too; Node by itself knows only its own list. */
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';

/** Of Debian, Fedora, SUSE and Alpine. */
const systemFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Those of SSL_CERT_FILE and SSL_CERT_DIR, or else the system's; with Node's own NODE_EXTRA_CA_CERTS.
 * Undefined when the machine names none: then Node's list is all there is.
 */
export const machineAuthorities = (environment: NodeJS.ProcessEnv): string | undefined => {
  const { SSL_CERT_FILE: file, SSL_CERT_DIR: folders, NODE_EXTRA_CA_CERTS: extra } = environment;
  const named = [...(file ? certificatesIn(file) : []), ...(folders ?? '').split(delimiter).flatMap(certificatesBelow)];
  const own = named.length > 0 ? named : systemAuthorities();
  if (own.length === 0) return undefined;
  return [...new Set([...own, ...(extra ? certificatesIn(extra) : [])])].join('\n');
};

/** Costs some 50 ms, as Node's own list does: made once, and only for who speaks TLS. */
export const secureContext = (environment: NodeJS.ProcessEnv): SecureContext => {
  const ca = machineAuthorities(environment);
  return createSecureContext(ca === undefined ? {} : { ca });
};

const systemAuthorities = (): string[] => {
  for (const file of systemFiles) {
    const found = certificatesIn(file);
    if (found.length > 0) return found;
  }
  return [];
};

const certificatesBelow = (folder: string): string[] =>
  folder === '' ? [] : orNone(() => readdirSync(folder).flatMap((name) => certificatesIn(join(folder, name))));

const certificatesIn = (file: string): string[] => orNone(() => readFileSync(file, 'utf8').match(block) ?? []);

/** What cannot be read trusts nobody, as to all the other tools. */
const orNone = (read: () => string[]): string[] => {
  try {
    return read();
  } catch {
    return [];
  }
};
