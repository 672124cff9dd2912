/** The few ways in which the text report sets words off; without colour they change nothing. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly mark: (text: string) => string;
  readonly other: (text: string) => string;
  readonly severity: (severity: string, text: string) => string;
  readonly status: (status: string, text?: string) => string;
}

const RED = '31;1';
const YELLOW = '33;1';
const GREEN = '32';
const BLUE = '34;1';
const SEVERITIES: Readonly<Record<string, string>> = { error: RED, warning: YELLOW, info: BLUE };
const STATUSES: Readonly<Record<string, string>> = { broken: RED, unknown: YELLOW, proven: GREEN };

export function painter(color: boolean): Paint {
  const with_ = (code: string) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: with_('1'),
    dim: with_('34'),
    mark: with_(RED),
    other: with_(BLUE),
    severity: (severity, text) => with_(SEVERITIES[severity] ?? '1')(text),
    status: (status, text = status.padEnd(7)) => with_(STATUSES[status] ?? '1')(text),
  };
}
