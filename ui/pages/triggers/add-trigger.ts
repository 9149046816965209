import { html, type VNode } from '../../design/html.ts';
import { useFetched } from '../../design/use-fetched.ts';
import type { Adding } from './add-dialog.ts';

/** What asks about a new trigger is fetched when one is added, which is seldom. */
export function AddTrigger(adding: Adding): VNode | null {
  const dialog = useFetched(adding.line !== null, async () => (await import('./add-dialog.ts')).AddDialog);
  switch (dialog.is) {
    case 'coming':
      return null;
    case 'there':
      return html`<${dialog.View} ...${adding} />`;
    case 'failed':
      return html`<p class="callout callout--danger" role="alert">This could not be loaded. Check the connection and load the page again.</p>`;
  }
}
