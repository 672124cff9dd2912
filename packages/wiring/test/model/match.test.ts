import fc from 'fast-check';
import { concat, equal, known, matches, oneOf, symbol, unknown } from '../../src/model';

const A = symbol('x', 'a');
const B = symbol('x', 'b');
const ID = symbol('ack-workspace', 'dev/eks', {
  form: known('ws-[0-9a-f]+'),
  letters: known('-0-9a-fsw'),
  generated: known(true),
});
const text = (...parts: readonly (string | typeof A)[]) =>
  concat(parts.map((p) => (typeof p === 'string' ? known(p) : p)));

describe('equal', () => {
  it.each([
    ['the same text', known('a'), known('a'), 'yes'],
    ['other text', known('a'), known('b'), 'no'],
    ['a number and its text', known(1), known('1'), 'yes'],
    ['a symbol and itself', A, symbol('x', 'a', { any: known(1) }), 'yes'],
    ['two symbols', A, B, 'unknown'],
    ['a symbol and text', A, known('a'), 'unknown'],
    ['a symbol and text that has not its form', ID, known('eks-metrics'), 'no'],
    ['a symbol and text that has its form', ID, known('ws-0a'), 'unknown'],
    ['symbols in the same surroundings', text('p/', A, '/q'), text('p/', A, '/q'), 'yes'],
    ['symbols in other surroundings', text('p/', A, '/q'), text('p/', A, '/r'), 'no'],
    ['text that a symbol may fill in', text('p/', A, '/q'), known('p/zzz/q'), 'unknown'],
    ['text that ends otherwise', text('p/', A, '/q'), known('p/zzz/r'), 'no'],
    ['something unknown', unknown('k', 'w'), known('a'), 'unknown'],
    ['something unknown and itself', unknown('k', 'w'), unknown('k', 'w'), 'unknown'],
    ['a choice that has it', oneOf([known('a'), known('b')]), known('a'), 'unknown'],
    ['a choice that has it not', oneOf([known('a'), known('b')]), known('c'), 'no'],
  ])('%s: %#', (_, a, b, truth) => {
    expect(equal(a, b)).toBe(truth);
    expect(equal(b, a)).toBe(truth);
  });

  it('agrees with plain comparison on text', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => equal(known(a), known(b)) === (a === b ? 'yes' : 'no')));
  });
});

describe('matches with wildcards', () => {
  const arn = text('arn:aws:aps:eu-west-1:111122223333:workspace/', ID);
  it.each([
    ['*', arn, 'yes'],
    ['arn:aws:aps:eu-west-1:111122223333:workspace/*', arn, 'yes'],
    ['arn:aws:aps:us-east-1:111122223333:workspace/*', arn, 'no'],
    ['arn:aws:aps:*:*:workspace/ws-01', arn, 'unknown'],
    ['arn:aws:aps:*:*:workspace/eks', arn, 'no'],
    ['arn:aws:aps:*:*:rulegroupsnamespace/*', arn, 'no'],
    ['log-group:/eks/?op:*', known('log-group:/eks/shop:log-stream:x'), 'no'],
    ['log-group:/eks/??op:*', known('log-group:/eks/shop:log-stream:x'), 'yes'],
  ])('%s', (pattern, subject, truth) => {
    expect(matches(known(pattern), subject, { wildcards: true })).toBe(truth);
  });

  it('takes a literal for a generated id as another, when asked to', () => {
    const options = { wildcards: true, literalForGenerated: 'no' } as const;
    expect(matches(known('arn:aws:aps:eu-west-1:111122223333:workspace/ws-01'), arn, options)).toBe('no');
    expect(matches(arn, arn, options)).toBe('yes');
    expect(matches(known('*workspace/*'), arn, options)).toBe('yes');
  });

  it('agrees with a regular expression on text', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.stringMatching(/^[ab]{0,10}$/), (pattern, subject) => {
        const expression = new RegExp(`^${pattern.join('').replaceAll('*', '.*').replaceAll('?', '.')}$`);
        const truth = expression.test(subject) ? 'yes' : 'no';
        return matches(known(pattern.join('')), known(subject), { wildcards: true }) === truth;
      }),
    );
  });

  it('is right about every text that a symbol with a form can have', () => {
    const formed = symbol('x', 'f', { form: known('a[ab]+'), letters: known('ab') });
    const piece = fc.constantFrom('a', 'b', '*', 'c', '?');
    const around = fc.constantFrom('', 'a', 'b', 'c', 'ca');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        around,
        around,
        fc.stringMatching(/^a[ab]{1,4}$/),
        (pattern, before, after, fill) => {
          const options = { wildcards: true };
          const text_ = known(pattern.join(''));
          const symbolic = matches(text_, concat([known(before), formed, known(after)]), options);
          return symbolic === 'unknown' || symbolic === matches(text_, known(before + fill + after), options);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('never calls a match wrong that a symbol could make', () => {
    const piece = fc.constantFrom('a', 'b', '*', 'S');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.array(piece, { maxLength: 6 }),
        fc.stringMatching(/^[ab]{0,3}$/),
        (p, s, fill) => {
          const value = (parts: string[]) => concat(parts.map((x) => (x === 'S' ? A : known(x))));
          const filled = (parts: string[]) => known(parts.map((x) => (x === 'S' ? fill : x)).join(''));
          const options = { wildcards: true };
          const subject = s.filter((x) => x !== '*');
          const symbolic = matches(value(p), value(subject), options);
          const concrete = matches(filled(p), filled(subject), options);
          return symbolic === 'unknown' || symbolic === concrete;
        },
      ),
    );
  });
});

describe('concat', () => {
  it('melts known neighbours and is flat', () => {
    expect(concat([known('a'), known('b'), concat([A, known('c')]), known('d')])).toEqual({
      kind: 'concat',
      parts: [known('ab'), A, known('cd')],
    });
  });

  it('of text alone is text', () => {
    expect(concat([known('a'), known(''), known(1)])).toEqual(known('a1'));
    expect(concat([])).toEqual(known(''));
  });
});
