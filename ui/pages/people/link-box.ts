import { CopyButton } from '../../design/copy-button.ts';
import { formatUntil } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { announce, minute } from '../../shell/page.ts';
import type { NewLink } from './people-api.ts';

/** There is no e-mail: whoever made the link hands it over. It cannot be shown again. */
export function linkBox({ path, expiresAt }: NewLink, words: string, timeZone: string): VNode {
  const address = location.origin + path;
  return html`<div class="link-box" id="new-link" tabindex="-1">
    <p class="callout callout--warn">${icon('lock')}<span>Copy it now: it is not shown again. It works once, until ${formatUntil(expiresAt, minute.value, timeZone)}.</span></p>
    <div class="code"><code>${address}</code><${CopyButton} text=${address} what="the link" announce=${announce} /></div>
    <p class="field__help">${words}</p>
  </div>`;
}
