import { known } from '../../src/model';
import { fnmatches, globFinds } from '../../src/trace/log-source/glob';

/** Each is what glob(3) or fnmatch(3) said (e2e, differential-glob). */
describe('patterns of log files', () => {
  it.each([
    ['/var/log/*.log', '/var/log/a.log', 'yes'],
    ['/var/log/*.log', '/var/log/.a.log', 'no'],
    ['/var/log/.*', '/var/log/.a.log', 'yes'],
    ['/var/*/a.log', '/var/.log/a.log', 'no'],
    ['/var/**', '/var/log/a', 'no'],
    ['/[ab]/x', '/b/x', 'yes'],
    ['/[]a]/x', '/]/x', 'yes'],
    // A class by its name is any letter to us, and no more than a maybe.
    ['/[[:alpha:]]eb', '/web', 'unknown'],
    ['/[[:alpha:]]eb', '/weg', 'no'],
  ])('glob %s finds %s: %s', (pattern, path, truth) => expect(globFinds(known(pattern), known(path))).toBe(truth));

  it('fnmatch goes through slashes and finds hidden files', () => {
    expect(fnmatches(known('/var/*'), known('/var/log/.a'))).toBe('yes');
  });
});
