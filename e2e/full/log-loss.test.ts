import { optionalEngine } from '../engines';
import { collectorOfGuides, type Loss, measureLoss, renderedCollector } from '../kit/log-loss';

const fluentBit = optionalEngine('fluent-bit');
const program = fluentBit?.command ?? [];
const reason = fluentBit ? '' : ' (skipped: no fluent-bit on PATH or in SIGHTLINE_FLUENT_BIT)';

const load = { lines: 20_000, perSecond: 1000 };
const outage = [2, 62] as const;

(fluentBit ? describe : describe.skip)(`20,000 lines at 1,000/s, CloudWatch Logs away for a minute${reason}`, () => {
  let losses: Record<string, Loss>;

  beforeAll(async () => {
    const [ours, guides] = [await renderedCollector(), await collectorOfGuides()];
    losses = await allOf({
      'rendered, killed at 30 s': measureLoss(ours, program, load, { outage, killAt: 30 }),
      'rendered, rotated every 8,000 lines': measureLoss(ours, program, { ...load, rotateAfter: 8000 }, { outage }),
      'as in guides, killed at 30 s': measureLoss(guides, program, load, { outage, killAt: 30 }),
      'as in guides': measureLoss(guides, program, load, { outage }),
    });
    report(losses);
  }, 300_000);

  test('nothing is lost when the pod is killed in the outage', () => {
    expect(losses['rendered, killed at 30 s']).toMatchObject({ written: 20_000, lost: 0 });
  });

  test('nothing is lost when the log is rotated in the outage', () => {
    expect(losses['rendered, rotated every 8,000 lines']).toMatchObject({ written: 20_000, lost: 0 });
  });

  test('the settings of guides lose most of it, so the outage is one', () => {
    expect(losses['as in guides']?.lost).toBeGreaterThan(10_000);
    expect(losses['as in guides, killed at 30 s']?.lost).toBeGreaterThan(10_000);
  });
});

(fluentBit ? describe : describe.skip)(`a backlog of 100,000 lines of an access log${reason}`, () => {
  test('is cleared at least 20 times as fast as by the settings of guides, and none is lost', async () => {
    // One after the other: they would take the time from each other.
    const ours = await measureLoss(await renderedCollector(), program, { lines: 100_000 });
    const guides = await measureLoss(await collectorOfGuides(), program, { lines: 100_000 });
    report({ 'rendered, backlog': ours, 'as in guides, backlog': guides });
    process.stdout.write(`the backlog is cleared ${(guides.seconds / ours.seconds).toFixed(1)} times as fast\n`);
    expect(ours).toMatchObject({ written: 100_000, lost: 0 });
    expect(guides.seconds / ours.seconds).toBeGreaterThanOrEqual(20);
  }, 300_000);
});

async function allOf<T>(named: Readonly<Record<string, Promise<T>>>): Promise<Record<string, T>> {
  const values = await Promise.all(Object.values(named));
  return Object.fromEntries(Object.keys(named).map((name, index) => [name, values[index] as T]));
}

function report(losses: Readonly<Record<string, Loss>>): void {
  const rows = Object.entries(losses).map(([name, { written, lost, duplicated, seconds }]) =>
    [name.padEnd(36), written, lost, duplicated, lost < written ? seconds.toFixed(1) : '-'].join('\t'),
  );
  process.stdout.write(
    `\n${['case'.padEnd(36), 'written', 'lost', 'twice', 'seconds'].join('\t')}\n${rows.join('\n')}\n`,
  );
}
