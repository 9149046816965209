/** The one door to Preact for views. */

export { h, html, render, useEffect, useLayoutEffect, useRef } from 'htm/preact';
export { type ComponentChildren, Fragment, type VNode } from 'preact';
