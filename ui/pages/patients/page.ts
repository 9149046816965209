import { html, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { emptyState, skeleton } from '../../design/parts.ts';
import { useFetched } from '../../design/use-fetched.ts';
import { type PageProps, pageHref } from '../../shell/page.ts';
import { Directory } from './directory.ts';

/** /patients is the directory, /patients/import how a file comes into it. */
export function Page(props: PageProps): VNode {
  const { practice, path } = props;
  const isImport = path[0] === 'import';
  const fetched = useFetched(isImport, async () => (await import('./import/import-page.ts')).ImportPage);
  if (!isImport) return html`<${Directory} ...${props} />`;
  const head = pageHead({
    title: 'Import patients',
    lead: 'From a table (CSV) or FHIR. First you see how it is read.',
    back: { href: pageHref({}), label: 'Patients' },
  });
  return html`${head}<div class="page__body patients">${body()}</div>`;

  function body(): VNode {
    if (practice.role === 'staff')
      return emptyState('person', 'For managers', 'Ask a manager of this practice, or an admin.');
    switch (fetched.is) {
      case 'coming':
        return skeleton(3, 'row', 'Loading');
      case 'failed':
        return emptyState(
          'wifi',
          'This could not be loaded',
          'Check the connection, and load the page again.',
        );
      case 'there':
        return html`<${fetched.View} practice=${practice} />`;
    }
  }
}
