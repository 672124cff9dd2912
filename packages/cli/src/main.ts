#!/usr/bin/env node
import { processHost } from './host';
import { run } from './run';

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

run(process.argv.slice(2), processHost()).then((code) => {
  process.exitCode = code;
});
