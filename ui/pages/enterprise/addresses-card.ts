import type { HostNames } from '../../../src/domain/practice/host-names.ts';
import { html, type VNode } from '../../design/html.ts';
import { icon } from '../../design/icon.ts';
import { badge } from '../../design/parts.ts';
import { enterpriseApi } from './enterprise-api.ts';
import { notThere, useLoaded } from './loaded.ts';

/** Under which names the outside comes, and how much comes that nobody asked for. */
export function AddressesCard(): VNode {
  const hosts = useLoaded(enterpriseApi.hostNames);
  const strangers = useLoaded(enterpriseApi.strangers);
  const names = hosts.answer.value;
  const counted = strangers.answer.value;
  return html`<section class="card" aria-labelledby="addresses-title">
    <h2 class="section__title" id="addresses-title">Addresses</h2>
    ${names?.ok ? hostList(names.value) : notThere(hosts, 'addresses')}
    <h3 class="enterprise-page__sub">Calls to addresses that no trigger has</h3>
    ${counted?.ok ? days(counted.value.days) : notThere(strangers, 'counts')}
  </section>`;
}

function hostList({ origins, unreadable, arrivedAt }: HostNames): VNode {
  const isKnown = origins.some(({ origin }) => origin === arrivedAt);
  return html`
    ${
      origins.length === 0
        ? html`<p>PUBLIC_ORIGIN is not set: addresses that are given out are those of whoever looks, now ${arrivedAt}. Real carriers need it.</p>`
        : html`<ul class="hosts">${origins.map(
            ({ origin, isGivenOut }) =>
              html`<li key=${origin}><code>${origin}</code>${isGivenOut ? badge('Given out', 'accent') : badge('Still works')}${origin === arrivedAt ? badge('You are here', 'ok') : null}</li>`,
          )}</ul>`
    }
    ${
      origins.length > 0 && !isKnown
        ? html`<p class="callout callout--warn">${icon('alert')}<span>You came by ${arrivedAt}, which is not among them: add it to PUBLIC_ORIGIN if it is to last.</span></p>`
        : null
    }
    ${unreadable.map((one) => html`<p key=${one} class="callout callout--danger">${icon('alert')}<span>PUBLIC_ORIGIN has “${one}”, which is no address.</span></p>`)}
    <p class="field__help">When the host name changes, put the new one first in PUBLIC_ORIGIN and leave the old one in: both go on working.</p>
  `;
}

const SHOWN_DAYS = 7;

function days(all: { day: string; count: number }[]): VNode {
  const latest = [...all].sort((a, b) => (a.day < b.day ? 1 : -1)).slice(0, SHOWN_DAYS);
  if (latest.length === 0)
    return html`<p class="field__help">None in the last 90 days. A phone system with a mistyped address would show here.</p>`;
  return html`<dl class="facts">
    ${latest.map(({ day, count }) => html`<dt key=${`${day} day`}>${day}</dt><dd key=${day}>${count}</dd>`)}
  </dl>
  <p class="field__help">Days in UTC. Some are guesses of strangers; many at once may be a phone system whose address was replaced or mistyped.</p>`;
}
