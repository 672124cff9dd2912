import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { engine } from '../engines';
import type { Image } from './containers';

/** What stands for the images of the game's containers. */
export function imagesOfGame(): Readonly<Record<string, Image>> {
  const nginx = engine('nginx');
  const types = [join(nginx.home, 'root/etc/nginx/mime.types'), '/etc/nginx/mime.types'].find(existsSync) ?? '';
  return {
    nginx: { command: nginx.command, args: ['-g', 'daemon off;'], files: { '/etc/nginx/mime.types': types } },
    'nginx-exporter': { command: engine('nginx-exporter').command },
    backend: { command: [process.execPath] },
  };
}
