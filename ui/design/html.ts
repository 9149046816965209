import htm from 'htm';
import { h, type VNode } from 'preact';

/** The one door to Preact for views. The hooks are not in htm/preact, whatever its types say. */

export { Component, type ComponentChildren, Fragment, h, render, type VNode } from 'preact';
export { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/**
 * As `html` of htm/preact, but nothing that was drawn once is kept for longer than it is on screen. What has changed
 * since hangs together with it, piece by piece: a list that stays open would grow by all that it ever showed.
 */
export const html = htm.bind(element) as (strings: TemplateStringsArray, ...values: unknown[]) => VNode;

/** https://github.com/developit/htm#caching: else an element in which nothing changes keeps what stood around it. */
const UNCACHED = 3;

/**
 * What is around a component keeps it as it was first drawn, also when it draws itself anew
 * (https://github.com/preactjs/preact/issues/4909). Of one that is somewhere already, which by its depth it is, Preact
 * draws a copy: then that is kept with nothing in it.
 */
const DRAWN_AS_COPY = { __b: 1 };

function element(this: unknown[], ...made: Parameters<typeof h>): VNode {
  this[0] = UNCACHED;
  const node = h(...made);
  return typeof node.type === 'function' ? Object.assign(node, DRAWN_AS_COPY) : node;
}
