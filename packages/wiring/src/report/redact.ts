const USER = /:\/\/[^/\s"'@]+@/g;
const ACCESS_KEY = /(?<![A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g;

/** Text for a report: passwords in addresses and keys of AWS are left out, wherever they came from. */
export function redacted(text: string): string {
  if (!text.includes('@') && !text.includes('AKIA') && !text.includes('ASIA')) return text;
  return text.replace(USER, '://…@').replace(ACCESS_KEY, '$1…');
}
