import type { Language } from '../../language/locale.js';
import { VIEWS } from '../../leads/photos.js';
import { MOST_BY_LINK } from '../../leads/sent-photos.js';
import { pageWords } from '../messages.js';
import { ALBUM, CAMERA, CAR, CLOCK, LOCK, VIEW_DRAWINGS } from './drawings.js';
import { STYLE } from './style.js';

/** Markup of ours; a plain string is always text from somewhere and is escaped where it is put. */
interface Markup {
  readonly markup: string;
}

type Part = string | Markup | readonly Markup[];

function html(fixed: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const put = (part: Part): string => {
    if (typeof part === 'string') return escaped(part);
    return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
  };
  return { markup: String.raw({ raw: fixed }, ...parts.map(put)) };
}

function ours(markup: string): Markup {
  return { markup };
}

/** Safe between tags and within double quotes. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** What the page says about one link. Nothing of the customer is among it. */
export interface PhotoPage {
  readonly language: Language;
  readonly audience: 'customer' | 'colleague';
  readonly dealership: string;
  /** "Peugeot 208"; null when it is not known. */
  readonly car: string | null;
  /** The last day on which the link works, as people write it. */
  readonly validUntil: string;
  /** The compiled script of the page. */
  readonly script: string;
}

// What a phone turns into JPEG for a page that does not say that it takes HEIC.
const TAKES = 'image/jpeg,image/png,image/webp,image/avif,image/gif';

export function photoPage(page: PhotoPage): string {
  const { language, audience, dealership, car } = page;
  const words = pageWords[language];
  const forCustomer = audience === 'customer';
  const title = forCustomer
    ? car === null
      ? words.titleCustomerUnknown
      : words.titleCustomer(car)
    : words.titleColleague(car ?? words.theCar);
  const views = VIEWS.map(
    (view) =>
      html`<li><label class="view" data-view="${view}"><input type="file" accept="${TAKES}" multiple data-view="${view}" aria-label="${words.views[view]}"><span class="mark" aria-hidden="true"></span>${ours(VIEW_DRAWINGS[view])}<span>${words.views[view]}</span></label></li>`,
  );
  const body = html`<main data-words="${JSON.stringify({ ...words.client, views: words.views, added: words.added })}" data-most="${String(MOST_BY_LINK)}">
<h1>${title}</h1>
<p>${forCustomer ? words.introCustomer(dealership) : words.introColleague}</p>
<noscript><p class="status bad">${words.noScript}</p></noscript>
<div class="buttons">
<label class="big first camera">${ours(CAMERA)}<span>${words.take}</span><input type="file" accept="image/*" capture="environment" id="take"></label>
<label class="big">${ours(ALBUM)}<span>${words.choose}</span><input type="file" accept="${TAKES}" multiple id="choose"></label>
</div>
<p class="soft drop">${words.dropHere}</p>
<p class="status" role="status" id="status"></p>
<section aria-labelledby="yours" hidden id="sent"><h2 id="yours">${words.yours}</h2><ul class="photos" id="photos"></ul></section>
<h2>${words.checklist}</h2>
<p class="soft">${words.checklistHint}</p>
<ul class="views">${views}</ul>
</main>
<footer><p>${ours(LOCK)}<span>${forCustomer ? words.privateCustomer(dealership) : words.privateColleague}</span></p>
<p>${ours(CLOCK)}<span>${words.validUntil(page.validUntil)}</span></p></footer>
<script type="module">${ours(page.script)}</script>`;
  return whole(language, dealership, `${title} · ${dealership}`, body);
}

/** A page that only says something. `dealership`: null where it is not known whose link it was. */
export function saying(language: Language, dealership: string | null, title: string, text: string): string {
  return whole(language, dealership, title, html`<main><h1>${title}</h1><p>${text}</p></main>`);
}

function whole(language: Language, dealership: string | null, title: string, body: Markup): string {
  const other: Language = language === 'fr' ? 'en' : 'fr';
  const head = html`<header><span class="house">${dealership === null ? [] : [ours(CAR), html`<span>${dealership}</span>`]}</span><a href="?lang=${other}" hreflang="${other}" lang="${other}">${pageWords[language].otherLanguage}</a></header>`;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${ours(STYLE)}</style>
</head>
<body><div class="page">${head}${body}</div></body>
</html>`.markup;
}
