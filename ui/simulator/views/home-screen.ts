import type { LineToCall } from '../../../src/domain/conversation/handset.ts';
import { formatNumber } from '../../design/format.ts';
import { html, type VNode } from '../../design/html.ts';
import { callLine, chooseLanguage, loadLines, openScreen } from '../actions.ts';
import { languages, lines, nameOf, now, state, threads } from '../store.ts';
import { formatDate, formatTimeOfDay } from '../time.ts';
import { languageInItself, previewOf } from '../words.ts';
import { avatar } from './avatar.ts';
import { icon } from './icon.ts';

export function homeScreen(): VNode {
  return html`<div class="home" key="home">
    <div class="home__clock" aria-hidden="true">
      <span>${formatDate(now.value)}</span>
      <strong>${formatTimeOfDay(now.value)}</strong>
    </div>
    <section class="widget" aria-labelledby="favorites">
      <div class="widget__head">
        <h2 id="favorites">Favorites</h2>
        ${languageChoice()}
      </div>
      ${linesToCall()}
    </section>
    ${messagesWidget()}
  </div>`;
}

function languageChoice(): VNode | null {
  if (languages.value.length < 2) return null;
  return html`<fieldset class="segments">
    <legend class="visually-hidden">Language to call in</legend>
    ${languages.value.map(
      (language) => html`<label key=${language} lang=${language}>
        <input
          type="radio"
          name="language"
          value=${language}
          checked=${state.value.language === language}
          onChange=${() => chooseLanguage(language)}
        />
        <span>${languageInItself(language)}</span>
      </label>`,
    )}
  </fieldset>`;
}

function linesToCall(): VNode {
  const loaded = state.value.lines;
  switch (loaded.is) {
    case 'loading':
      return html`<p class="widget__note" aria-busy="true">Looking for lines to call…</p>`;
    case 'failed':
      return html`<div class="widget__note" role="alert">
        <p>${loaded.message}</p>
        <button type="button" class="pill" onClick=${() => void loadLines()}>Try again</button>
      </div>`;
    case 'ready':
      return loaded.lines.length === 0
        ? html`<p class="widget__note">There is no line to call yet. Set one up in the inbox.</p>`
        : html`<ul class="favorites">${loaded.lines.map(favorite)}</ul>`;
  }
}

function favorite(line: LineToCall): VNode {
  const { id, practiceName, name, number } = line;
  const isOnlyLine = lines.value.every((other) => other === line || other.practiceName !== practiceName);
  return html`<li class="favorite" key=${id}>
    ${avatar(practiceName)}
    <span class="favorite__words">
      <strong>${practiceName}</strong>
      <span>${isOnlyLine ? formatNumber(number) : name}</span>
    </span>
    <button
      type="button"
      class="round round--text"
      aria-label=${`Text ${practiceName}, ${name}`}
      onClick=${() => openScreen({ name: 'thread', line: number })}
    >
      ${icon('message')}
    </button>
    <button
      type="button"
      class="round round--call"
      data-call=${id}
      aria-label=${`Call ${practiceName}, ${name}`}
      onClick=${() => callLine(line)}
    >
      ${icon('call')}
    </button>
  </li>`;
}

function messagesWidget(): VNode | null {
  const last = threads.value[0]?.last;
  if (last === undefined) return null;
  const { unread } = state.value;
  const line = last.direction === 'received' ? last.from : last.to;
  const isOnlyThread = threads.value.length === 1;
  const screen = isOnlyThread ? ({ name: 'thread', line } as const) : ({ name: 'messages' } as const);
  return html`<section class="widget widget--messages" aria-labelledby="messages">
    <div class="widget__head">
      <h2 id="messages">Messages</h2>
      ${unread.size === 0 ? null : html`<span class="badge">${unread.size}<span class="visually-hidden"> unread</span></span>`}
    </div>
    <button type="button" class="preview" onClick=${() => openScreen(screen)}>
      <strong>${nameOf(line)}</strong>
      <span>${last.direction === 'sent' ? 'You: ' : ''}${previewOf(last)}</span>
    </button>
  </section>`;
}
