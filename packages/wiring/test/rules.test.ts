import { rules } from '../src';

const FAMILIES =
  'identity metrics logs durability backends dashboards alerts gitops network security cost versions input'.split(' ');

describe('rules', () => {
  it('have ids of their own, family/bad-thing', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z]+\/[a-z]+(-[a-z]+)*$/);
      expect(FAMILIES).toContain(id.split('/')[0]);
    }
  });

  it('say what, why and how to mend it, in lower case and without a full stop', () => {
    for (const { summary, why, help } of rules) {
      for (const text of [summary, why, help]) expect(text).toMatch(/^[^.].*[^.]$/s);
      expect(summary).toMatch(/^(?:[a-z]|sightline\.json)/);
    }
  });
});
