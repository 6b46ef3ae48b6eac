// Who had a part in the book and which, in words of its language: `Translated by Sam Sample`. Takes people with MARC
// relator codes; gives lines for the imprint.
import type { Author } from '../book/config.ts';
import { isWriter, leadsOf, RELATORS } from '../book/relators.ts';
import { punctuate } from './typography.ts';

/** The roles that we have words for, in the order of the lists below; the codes after the first mean the same to a reader. */
const ROLES: readonly (readonly string[])[] = [
  ['edt', 'edc'],
  ['trl'],
  ['ill', 'art'],
  ['pht'],
  ['com'],
  ['adp'],
  ['ann', 'wac'],
  ['ctb', 'clb', 'oth'],
  ['cov', 'bjd'],
  ['bkd', 'dsr'],
  ['win', 'aui'],
  ['wpr'],
  ['wfw'],
  ['waw', 'aft'],
  ['ctg'],
  ['pfr', 'crr'],
];

/** What stands before the names. Where a preposition would bend them, a colon. */
const WORDS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    en: 'Edited by |Translated by |Illustrated by |Photographs by |Compiled by |Adapted by |Annotated by |With contributions by |Cover by |Designed by |Introduction by |Preface by |Foreword by |Afterword by |Maps by |Proofread by ',
    de: 'Herausgegeben von |Übersetzt von |Illustriert von |Fotografien von |Zusammengestellt von |Bearbeitet von |Kommentiert von |Mit Beiträgen von |Umschlag von |Gestaltet von |Einleitung von |Vorwort von |Geleitwort von |Nachwort von |Karten von |Korrektorat: ',
    fr: 'Édition établie par |Traduit par |Illustré par |Photographies\u00a0: |Textes réunis par |Adapté par |Annoté par |Contributions\u00a0: |Couverture\u00a0: |Conception graphique\u00a0: |Introduction\u00a0: |Préface\u00a0: |Avant-propos\u00a0: |Postface\u00a0: |Cartes\u00a0: |Relecture\u00a0: ',
    es: 'Edición de |Traducción de |Ilustraciones de |Fotografías de |Compilación de |Adaptación de |Notas de |Con contribuciones de |Cubierta de |Diseño de |Introducción de |Prefacio de |Prólogo de |Epílogo de |Mapas de |Corrección de ',
    it: 'A cura di |Traduzione di |Illustrazioni di |Fotografie di |Raccolta di |Adattamento di |Note di |Con contributi di |Copertina di |Progetto grafico di |Introduzione di |Prefazione di |Premessa di |Postfazione di |Carte di |Revisione di ',
    nl: 'Onder redactie van |Vertaald door |Geïllustreerd door |Foto’s van |Samengesteld door |Bewerkt door |Geannoteerd door |Met bijdragen van |Omslag van |Vormgegeven door |Inleiding van |Voorwoord van |Woord vooraf van |Nawoord van |Kaarten van |Gecorrigeerd door ',
    pt: 'Edição de |Tradução de |Ilustrações de |Fotografias de |Compilação de |Adaptação de |Notas de |Com contribuições de |Capa de |Design de |Introdução de |Prefácio de |Apresentação de |Posfácio de |Mapas de |Revisão de ',
    pl: 'Redakcja: |Przekład: |Ilustracje: |Fotografie: |Wybór: |Adaptacja: |Komentarz: |Współpraca: |Okładka: |Projekt graficzny: |Wstęp: |Przedmowa: |Słowo wstępne: |Posłowie: |Mapy: |Korekta: ',
    ru: 'Редакция: |Перевод: |Иллюстрации: |Фотографии: |Составление: |Адаптация: |Комментарии: |При участии: |Обложка: |Оформление: |Введение: |Предисловие: |Вступительное слово: |Послесловие: |Карты: |Корректура: ',
    uk: 'Редакція: |Переклад: |Ілюстрації: |Фотографії: |Упорядкування: |Адаптація: |Коментарі: |За участю: |Обкладинка: |Дизайн: |Вступ: |Передмова: |Вступне слово: |Післямова: |Карти: |Коректура: ',
    cs: 'Redakce: |Překlad: |Ilustrace: |Fotografie: |Výbor: |Adaptace: |Komentář: |Spolupráce: |Obálka: |Grafická úprava: |Úvod: |Předmluva: |Slovo úvodem: |Doslov: |Mapy: |Korektura: ',
    sv: 'Redaktion: |Översättning: |Illustrationer: |Fotografier: |Urval: |Bearbetning: |Kommentarer: |Med bidrag av |Omslag: |Formgivning: |Inledning: |Förord: |Företal: |Efterord: |Kartor: |Korrektur: ',
    el: 'Επιμέλεια: |Μετάφραση: |Εικονογράφηση: |Φωτογραφίες: |Ανθολόγηση: |Διασκευή: |Σχόλια: |Συνεργασία: |Εξώφυλλο: |Σχεδιασμός: |Εισαγωγή: |Πρόλογος: |Προλογικό σημείωμα: |Επίμετρο: |Χάρτες: |Διόρθωση: ',
    ar: 'تحرير: |ترجمة: |رسوم: |تصوير: |جمع: |اقتباس: |تعليق: |بمشاركة: |غلاف: |تصميم: |مقدمة: |تمهيد: |تقديم: |خاتمة: |خرائط: |تصحيح: ',
    he: 'עריכה: |תרגום: |איורים: |צילומים: |ליקוט: |עיבוד: |הערות: |בהשתתפות: |עטיפה: |עיצוב: |מבוא: |הקדמה: |פתח דבר: |אחרית דבר: |מפות: |הגהה: ',
    'zh-hant':
      '編輯：|翻譯：|插圖：|攝影：|編選：|改編：|註釋：|參與：|封面：|設計：|導論：|前言：|序：|後記：|地圖：|校對：',
    'zh-hans':
      '编辑：|翻译：|插图：|摄影：|编选：|改编：|注释：|参与：|封面：|设计：|导论：|前言：|序：|后记：|地图：|校对：',
    ja: '編集：|翻訳：|挿絵：|写真：|編纂：|翻案：|注釈：|協力：|装丁：|デザイン：|序論：|序文：|まえがき：|あとがき：|地図：|校正：',
    ko: '편집: |옮김: |그림: |사진: |엮음: |각색: |주석: |함께한 이: |표지: |디자인: |서론: |머리말: |추천의 글: |후기: |지도: |교정: ',
  }).map(([language, words]) => [language, words.split('|')]),
);

export interface Credits {
  /** Those who wrote it; absent where nobody is its author. */
  readonly writers?: string;
  /** For the title page: those who wrote it, or what the first ones did for it: `Edited by Jo Example`. */
  readonly byline: string;
  /** What each of the others did, or did besides: a line a role, in the order of their first names. */
  readonly parts: readonly string[];
}

export function creditsOf(authors: readonly Author[], language: string): Credits {
  const nameOf = ({ name }: Author): string => punctuate(name, language);
  const joined = (people: readonly Author[]): string => joinNames(people.map(nameOf), language);
  const leads = leadsOf(authors);
  const roles = [...new Set(authors.flatMap((author) => author.roles))].filter((role) => !isWriter(role));
  const parts = roles.map((role) => inWords(role, joined(authors.filter((one) => one.roles.includes(role))), language));
  if (leads.some((author) => author.roles.some(isWriter)))
    return { writers: joined(leads), byline: joined(leads), parts };
  return { byline: inWords(leads[0]?.roles[0] ?? 'oth', joined(leads), language), parts };
}

/** `Translated by Jo Example`; `Jo Example (lithographer)` where we have no words. */
function inWords(role: string, names: string, language: string): string {
  const { language: base, script } = new Intl.Locale(language).maximize();
  const words = WORDS[`${base}-${script}`.toLowerCase()] ?? WORDS[base] ?? WORDS['en']!;
  const before = words[ROLES.findIndex((codes) => codes.includes(role))];
  return before === undefined ? `${names} (${RELATORS.get(role) ?? role})` : `${before}${names}`;
}

function joinNames(names: readonly string[], language: string): string {
  // What joins names is slow to load, and one name needs none of it.
  if (names.length < 2) return names[0] ?? '';
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}
