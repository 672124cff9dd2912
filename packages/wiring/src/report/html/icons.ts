/** A status is a shape before it is a colour: a disc with a tick, a square with a cross, an open diamond. */
export const SYMBOLS = `<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false">
<symbol id="i-proven" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.5" fill="currentColor"/><path d="M5.8 10.4l2.9 2.9 5.6-6.2" fill="none" stroke="var(--page)" stroke-width="2.2"/></symbol>
<symbol id="i-broken" viewBox="0 0 20 20"><path d="M6 1h8l5 5v8l-5 5H6l-5-5V6z" fill="currentColor"/><path d="M6.2 6.2l7.6 7.6M13.8 6.2l-7.6 7.6" fill="none" stroke="var(--page)" stroke-width="2.4"/></symbol>
<symbol id="i-unknown" viewBox="0 0 20 20"><path d="M10 1.2L18.8 10 10 18.8 1.2 10z" fill="var(--page)" stroke="currentColor" stroke-width="1.7"/><path d="M7.6 8.3c0-3.2 4.9-3 4.9-.2 0 1.8-2.4 1.8-2.4 3.4" fill="none" stroke="currentColor" stroke-width="1.8"/><circle cx="10.1" cy="14" r="1.15" fill="currentColor"/></symbol>
</svg>`;

export function icon(status: string): string {
  return `<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${status}"/></svg>`;
}
