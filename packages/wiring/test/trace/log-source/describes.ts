import type { Value } from '../../../src/model';
import type { Field, LogRecord } from '../../../src/trace/log-source/record';

export function isText(value: Value, wanted: string): boolean {
  return value.kind === 'known' && value.value === wanted;
}

/** Is all that is predicted of a record so? */
export function describes({ fields, isOpen }: LogRecord, real: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(real);
  if (!isOpen && keys.some((key) => !fields.has(key))) return false;
  return [...fields].every(([key, field]) => isField(field, real[key]));
}

function isField(field: Field, real: unknown): boolean {
  switch (field.kind) {
    case 'text':
      return isText(field.value, `${real}`);
    case 'map':
      return typeof real === 'object' && real !== null && describes(field.record, real as Record<string, unknown>);
    case 'content':
      return real !== undefined;
    case 'maybe':
      return true;
  }
}
