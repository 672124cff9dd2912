import { faultOf, filesOf } from './check';

/** Judges the cases that it is told, and tells what it is at before each, so that whoever waits can see it hang. */
process.on('message', ({ from, to }: { from: number; to: number }) => {
  for (let number = from; number < to; number += 1) {
    process.send?.({ at: number });
    try {
      const fault = faultOf(filesOf(number), number % 10 === 0);
      if (fault) {
        process.send?.({ number, fault });
      }
    } catch (error) {
      process.send?.({ number, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  process.send?.({ done: true });
});
