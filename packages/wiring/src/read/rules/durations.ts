/** A duration as Prometheus writes it, in seconds: `1h30m`. `undefined`: it is none. */
export function promSeconds(text: string): number | undefined {
  if (text === '0') return 0;
  const found = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/.exec(text);
  if (text === '' || !found) return undefined;
  const units = [31_536_000, 604_800, 86_400, 3600, 60, 1, 0.001];
  return units.reduce((sum, unit, index) => sum + unit * Number(found[index + 1] ?? 0), 0);
}
