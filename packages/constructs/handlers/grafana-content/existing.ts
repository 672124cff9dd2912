import type { Properties } from './event';

/** Whether something was to be taken over although this stack has not made it. */
export function adopts(properties: Properties): boolean {
  return properties.AdoptExisting === 'true';
}

/**
 * Whether theirs has all that ours has, and may have more. What is as the request wants it was made by an earlier try
 * of the same request.
 */
export function holds(theirs: unknown, ours: unknown): boolean {
  if (Array.isArray(ours)) {
    return Array.isArray(theirs) && theirs.length === ours.length && ours.every((item, i) => holds(theirs[i], item));
  }
  if (ours !== null && typeof ours === 'object') {
    const found = (theirs ?? {}) as Record<string, unknown>;
    return typeof theirs === 'object' && Object.entries(ours).every(([field, value]) => holds(found[field], value));
  }
  return theirs === ours;
}

/** Instead of overwriting what others have made: it would be deleted when the stack is rolled back. */
export function existsAlready(what: string, name: unknown): Error {
  return new Error(
    `There is a ${what} already: ${JSON.stringify(name)}, which this stack has not made. Choose another UID, delete it ` +
      'in Grafana, or set adoptExisting to take it over (it is then deleted with the stack).',
  );
}
