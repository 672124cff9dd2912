/**
 * What an object has beside what its component says.
 */
export interface ObjectOverridesProps {
  /**
   * What is to be added to the object, as it stands in the manifest: fields that the component has no prop for, labels, annotations. What the
   * component renders cannot be replaced that way, and neither can where it goes or as whom: that is an error.
   *
   * @default - nothing
   */
  readonly overrides?: { [key: string]: unknown };
}
