import type { Place } from './verdict';

/** Other ends of a wire need not stand in any file. */
export function isPlace(place: Partial<Place>): place is Place {
  return place.file !== undefined && place.line !== undefined && place.column !== undefined;
}
