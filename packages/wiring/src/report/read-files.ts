import type { Verdict } from './verdict';

/** `3 manifests and 1 template`; dashboards only where there are some. */
export function readFiles({ manifests, templates, dashboards }: Verdict['read']): string {
  const first = count(manifests, 'manifest');
  const second = count(templates, 'template');
  return dashboards === 0 ? `${first} and ${second}` : `${first}, ${second} and ${count(dashboards, 'dashboard')}`;
}

export function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
