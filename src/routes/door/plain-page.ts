/** A page that needs no script of ours: for a browser that comes back from somewhere else. Its words are our own. */
export function plainPage(page: {
  title: string;
  text: string;
  link: { href: string; words: string };
  script?: string;
}): string {
  const { title, text, link, script } = page;
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Offhook</title>
    <link rel="icon" href="/favicon.svg" />
    <link rel="stylesheet" href="/assets/inbox.css" />
    ${script === undefined ? '' : `<script type="module" src="${script}"></script>`}
  </head>
  <body>
    <main class="sign-in">
      <div class="sign-in__card">
        <img class="sign-in__mark" src="/favicon.svg" alt="" width="40" height="40" />
        <h1 class="sign-in__title">${title}</h1>
        <p class="callout callout--plain">${text}</p>
        <a class="button button--wide" href="${link.href}">${link.words}</a>
      </div>
    </main>
  </body>
</html>
`;
}
