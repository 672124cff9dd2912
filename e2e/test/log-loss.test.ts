import { optionalEngine } from '../engines';
import { collectorOfGuides, type Loss, measureLoss, renderedCollector } from '../kit/log-loss';

const fluentBit = optionalEngine('fluent-bit');
const program = fluentBit?.command ?? [];
const reason = fluentBit ? '' : ' (skipped: no fluent-bit on PATH or in SIGHTLINE_FLUENT_BIT)';

(fluentBit ? describe : describe.skip)(
  `when CloudWatch Logs is away, the pod is killed meanwhile and the log is rotated,${reason}`,
  () => {
    let ours: Loss;
    let guides: Loss;

    beforeAll(async () => {
      // The rotation is long over when the pod is killed: what is in an old file then, a collector that starts does not find.
      const load = { lines: 3000, perSecond: 1000, rotateAfter: 2000 };
      const trouble = { outage: [0.5, 8], killAt: 5 } as const;
      [ours, guides] = await Promise.all([
        measureLoss(await renderedCollector(), program, load, trouble),
        measureLoss(await collectorOfGuides(), program, load, trouble, 8),
      ]);
    });

    test('the Fluent Bit that is rendered loses no line', () => {
      expect(ours).toMatchObject({ written: 3000, lost: 0 });
    });

    test('the counter counts what a buffer in memory and offsets in an emptyDir lose', () => {
      expect(guides.lost).toBeGreaterThan(1000);
    });
  },
);
