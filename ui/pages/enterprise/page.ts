import { html, useEffect, type VNode } from '../../design/html.ts';
import { pageHead } from '../../design/page-head.ts';
import { tabPanel, tabs } from '../../design/tabs.ts';
import { focusTitle, goToPage, type PageProps } from '../../shell/page.ts';
import { AddressesCard } from './addresses-card.ts';
import { AnyPatientCard } from './any-patient-card.ts';
import { ApiKeys } from './api-keys.ts';
import { DoNotText } from './do-not-text.ts';
import { Practices } from './practices.ts';
import { SettingsForm } from './settings-form.ts';

const PARTS = [
  { id: 'settings', label: 'Settings' },
  { id: 'practices', label: 'Practices' },
  { id: 'do-not-text', label: 'Do not text' },
  { id: 'api-keys', label: 'API keys' },
] as const;

/** What holds for all practices: /enterprise/{part}, the first one without its name. */
export function Page({ practice, path }: PageProps): VNode {
  const [name] = path;
  const part = PARTS.find(({ id }) => id === name)?.id ?? 'settings';
  useEffect(() => {
    if (name !== undefined) focusTitle();
  }, []);
  return html`
    ${pageHead({ title: 'Enterprise', lead: 'What holds for all practices. Only admins see this.' })}
    <div class="page__body enterprise-page">
      ${tabs('enterprise', 'Parts', PARTS, part, (id) => goToPage({ path: id === 'settings' ? [] : [id] }))}
      ${tabPanel('enterprise', part, content(part, practice.timeZone))}
    </div>
  `;
}

function content(part: (typeof PARTS)[number]['id'], timeZone: string): VNode {
  switch (part) {
    case 'settings':
      return html`<div class="enterprise-page__cards"><${SettingsForm} /><${AnyPatientCard} timeZone=${timeZone} /><${AddressesCard} /></div>`;
    case 'practices':
      return html`<${Practices} />`;
    case 'do-not-text':
      return html`<${DoNotText} timeZone=${timeZone} />`;
    case 'api-keys':
      return html`<${ApiKeys} timeZone=${timeZone} />`;
  }
}
