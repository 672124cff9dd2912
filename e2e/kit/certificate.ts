import { join } from 'node:path';
import { succeed } from '../engines/run';

/** Writes cert.pem and key.pem into the folder: a certificate for these host names that vouches for itself. */
export async function makeCertificate(folder: string, hosts: readonly string[]): Promise<void> {
  const names = hosts.map((host) => `DNS:${host}`).join(',');
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    join(folder, 'key.pem'),
  ];
  const subject = ['-subj', '/CN=sightline-e2e', '-addext', `subjectAltName=${names}`, '-days', '2'];
  await succeed(['openssl', 'req', '-x509', ...key, ...subject, '-out', join(folder, 'cert.pem')]);
}
