/** The one door to Preact for views. The hooks are not in htm/preact, whatever its types say. */

export { h, html, render } from 'htm/preact';
export { type ComponentChildren, Fragment, type VNode } from 'preact';
export { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
