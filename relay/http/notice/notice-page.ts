/** The notice form as a page of HTML, without script. What a person typed is escaped by `html`. */
import { html, raw } from 'hono/html';
import {
  LONGEST,
  type NoticeDraft,
  type NoticeFaults,
  type NoticeField,
  noticeFields,
  noticeKinds,
} from './notice-form.ts';
import { noticeStyle } from './notice-style.ts';
import { type NoticeLang, noticeWords } from './notice-words.ts';

type Html = ReturnType<typeof html>;

export const NOTICE_PATH = '/notice';

const page = (lang: NoticeLang, title: string, body: Html): Html =>
  html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${raw(`<style>${noticeStyle}</style>`)}
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;

export interface FormPage {
  readonly draft: NoticeDraft;
  readonly faults: NoticeFaults;
  /** Why it was not sent, where no field is wrong. */
  readonly problem?: string;
}

export function formPage(lang: NoticeLang, { draft, faults, problem }: FormPage): Html {
  const words = noticeWords[lang];
  const other = lang === 'fr' ? 'en' : 'fr';
  const wrong = noticeFields.filter((name) => faults[name]);
  const isWrong = wrong.length > 0 || problem !== undefined;
  const hint = (name: NoticeField, text: string): Html =>
    html`<span class="hint" id="${name}-hint">${text}</span>`;
  const fault = (name: NoticeField): Html | '' => {
    const found = faults[name];
    return found ? html`<span class="fault" id="${name}-fault">${words.faults[found]}</span>` : '';
  };
  const state = (name: NoticeField, hasHint: boolean): Html => {
    const ids = [...(hasHint ? [`${name}-hint`] : []), ...(faults[name] ? [`${name}-fault`] : [])];
    const described = ids.length > 0 ? html`aria-describedby="${ids.join(' ')}"` : '';
    return html`${described} ${faults[name] ? html`aria-invalid="true"` : ''}`;
  };
  const summary = html`<div class="wrong" role="alert">
    <strong>${problem ?? words.wrong}</strong> ${
      wrong.length > 0
        ? html`<ul>
            ${wrong.map((name) => html`<li><a href="#${name}">${words.labels[name]}</a></li>`)}
          </ul>`
        : ''
    }
  </div>`;
  return page(
    lang,
    isWrong ? `${words.wrong} ${words.title}` : words.title,
    html`<nav>
        <a href="${NOTICE_PATH}?lang=${other}" hreflang="${other}" lang="${other}"
          >${words.other}</a
        >
      </nav>
      <h1>${words.title}</h1>
      <p>${words.intro}</p>
      ${isWrong ? summary : ''}
      <form method="post" action="${NOTICE_PATH}" accept-charset="utf-8" novalidate>
        <input type="hidden" name="lang" value="${lang}" />
        <label for="place">${words.labels.place}</label>
        ${hint('place', words.hints.place)}
        <input
          id="place"
          name="place"
          required
          maxlength="${LONGEST.place}"
          value="${draft.place}"
          ${state('place', true)}
        />
        ${fault('place')}
        <label for="kind">${words.labels.kind}</label>
        <select id="kind" name="kind" required ${state('kind', false)}>
          <option value="">${words.choose}</option>
          ${noticeKinds.map((kind) => html`<option value="${kind}" ${kind === draft.kind ? ' selected' : ''}>${words.kinds[kind]}</option>`)}
        </select>
        ${fault('kind')}
        <label for="why">${words.labels.why}</label>
        ${hint('why', words.hints.why)}
        <textarea id="why" name="why" required maxlength="${LONGEST.why}" ${state('why', true)}>
${draft.why}</textarea>
        ${fault('why')}
        <label for="name">${words.labels.name}</label>
        ${hint('name', words.hints.who)}
        <input
          id="name"
          name="name"
          autocomplete="name"
          maxlength="${LONGEST.name}"
          value="${draft.name}"
          ${state('name', true)}
        />
        ${fault('name')}
        <label for="email">${words.labels.email}</label>
        ${hint('email', words.hints.who)}
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          maxlength="${LONGEST.email}"
          value="${draft.email}"
          ${state('email', true)}
        />
        ${fault('email')}
        <label class="check" for="faith"
          ><input
            id="faith"
            name="faith"
            type="checkbox"
            value="yes"
            required${draft.faith === 'yes' ? ' checked' : ''}
            ${state('faith', false)}
          />
          <span>${words.labels.faith}</span></label
        >
        ${fault('faith')}
        <button type="submit">${words.send}</button>
      </form>`,
  );
}

/** What confirms that a notice was received. */
export function receiptPage(
  lang: NoticeLang,
  { reference, at }: { readonly reference: string; readonly at: number },
): Html {
  const words = noticeWords[lang];
  const when = new Date(at).toISOString();
  return page(
    lang,
    words.thanks,
    html`<h1>${words.thanks}</h1>
      <p>${words.reference}</p>
      <p class="reference">${reference}</p>
      <p>
        ${words.received} <time datetime="${when}">${when.slice(0, 16).replace('T', ' ')} UTC</time>
      </p>
      <p>${words.keep}</p>`,
  );
}
