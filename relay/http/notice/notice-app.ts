/**
 * The notice form, for anybody, without account, cookie or script (Regulation (EU) 2022/2065, article 16). It
 * answers with a page and never redirects.
 */
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { bodyLimit } from 'hono/body-limit';
import type { Notices } from '../../features/notices/notices.ts';
import { draftOf, emptyDraft, faultsIn, noticeOf } from './notice-form.ts';
import { NOTICE_PATH, formPage, receiptPage } from './notice-page.ts';
import { noticePolicy } from './notice-style.ts';
import { type NoticeLang, noticeLangs, noticeWords } from './notice-words.ts';

export interface NoticeAppOptions {
  readonly notices: Pick<Notices, 'send'>;
  readonly addressOf: (context: Context) => string;
}

/** All fields as a form sends them, each letter with an accent as six. */
const MOST_BYTES = 64 * 1024;

const isLang = (text: string | null | undefined): text is NoticeLang =>
  noticeLangs.some((lang) => lang === text);

function langOf(context: Context, asked = context.req.query('lang')): NoticeLang {
  if (isLang(asked)) return asked;
  const found = accepts(context, {
    header: 'Accept-Language',
    supports: [...noticeLangs],
    default: 'en',
    match: (wanted, { supports }) =>
      wanted
        .toSorted((a, b) => b.q - a.q)
        .map(({ type }) => type.toLowerCase().split('-')[0] ?? '')
        .find((lang) => supports.includes(lang)) ?? 'en',
  });
  return isLang(found) ? found : 'en';
}

export function noticeApp({ notices, addressOf }: NoticeAppOptions): Hono {
  const app = new Hono();
  app.use(NOTICE_PATH, async (context, next) => {
    await next();
    context.header('Content-Security-Policy', noticePolicy);
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cache-Control', 'no-store');
    context.header('Vary', 'Accept-Language');
  });

  app.get(NOTICE_PATH, (context) => {
    const lang = langOf(context);
    context.header('Content-Language', lang);
    return context.html(formPage(lang, { draft: emptyDraft, faults: {} }));
  });

  app.post(
    NOTICE_PATH,
    bodyLimit({
      maxSize: MOST_BYTES,
      onError(context) {
        const lang = langOf(context);
        const problem = noticeWords[lang].tooLong;
        return context.html(formPage(lang, { draft: emptyDraft, faults: {}, problem }), 413);
      },
    }),
    async (context) => {
      const form = new URLSearchParams(await context.req.text());
      const lang = langOf(context, form.get('lang') ?? undefined);
      context.header('Content-Language', lang);
      const draft = draftOf(form);
      const faults = faultsIn(draft);
      if (Object.keys(faults).length > 0)
        return context.html(formPage(lang, { draft, faults }), 422);
      const sent = await notices.send(noticeOf(draft, lang), addressOf(context));
      if (sent.type === 'kept') return context.html(receiptPage(lang, sent), 201);
      context.header('Retry-After', String(Math.ceil(sent.afterMs / 1_000)));
      const problem = noticeWords[lang].tooMany;
      return context.html(formPage(lang, { draft, faults: {}, problem }), 429);
    },
  );
  return app;
}
