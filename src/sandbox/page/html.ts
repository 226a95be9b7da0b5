/** What the page's scripts may import by name, and where it is served. */
export const IMPORT_MAP = JSON.stringify({
  imports: {
    preact: '/sandbox/page/vendor/preact.js',
    'preact/hooks': '/sandbox/page/vendor/hooks.js',
    'preact/jsx-runtime': '/sandbox/page/vendor/jsx-runtime.js',
    adaptivecards: '/sandbox/page/vendor/adaptivecards.js',
  },
});

/** The page of the Slack workspace. */
export const PAGE = html('style.css', 'main.js');
/** The page of the Teams tenant. */
export const TEAMS_PAGE = html('teams.css', 'teams/main.js');

/** A page before its script draws it. Contains nothing of the workspace: that comes by the API. */
function html(style: string, script: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>Forecourt</title>
<link rel="icon" href="/sandbox/page/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/sandbox/page/${style}">
<script type="importmap">${IMPORT_MAP}</script>
<script type="module" src="/sandbox/page/${script}"></script>
</head>
<body><div id="app"></div><noscript>The sandbox needs JavaScript. Le bac à sable a besoin de JavaScript.</noscript></body>
</html>
`;
}

/** Our sign: a car under a canopy. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">
<rect width="36" height="36" rx="8" fill="#f2b544"/>
<g fill="none" stroke="#10302f" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round">
<path d="M7 11h22"/><path d="M9 24v-4l2.5-5h13l2.5 5v4zM8 20.5h20"/></g>
<g fill="#10302f"><circle cx="13" cy="24.5" r="2.2"/><circle cx="23" cy="24.5" r="2.2"/></g>
</svg>
`;
