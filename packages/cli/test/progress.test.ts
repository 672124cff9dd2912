import { processHost } from '../src/host';
import { progressOn } from '../src/verify/progress';

function recorded(isTerminal: boolean) {
  const written: string[] = [];
  const host = { ...processHost(), stderrIsTerminal: isTerminal, stderr: (text: string) => void written.push(text) };
  let time = 0;
  const progress = progressOn(host, () => time);
  return {
    written,
    progress,
    at: (to: number) => {
      time = to;
    },
  };
}

describe('progress', () => {
  it('says nothing about quick work', () => {
    const { written, progress, at } = recorded(true);
    at(900);
    progress.step('reading a');
    progress.end();
    expect(written).toEqual([]);
  });

  it('shows long work on a terminal, not too often, and wipes it away', () => {
    const { written, progress, at } = recorded(true);
    at(1000);
    progress.step('reading a');
    at(1050);
    progress.step('reading b');
    at(1100);
    progress.step('reading c');
    progress.end();
    expect(written).toEqual(['\r\u001b[Kreading a', '\r\u001b[Kreading c', '\r\u001b[K']);
  });

  it('leaves pipes and logs alone', () => {
    const { written, progress, at } = recorded(false);
    at(5000);
    progress.step('reading a');
    progress.end();
    expect(written).toEqual([]);
  });
});
