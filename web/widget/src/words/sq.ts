import type { Words } from "./en.ts";

// Chromium carries no Albanian calendar, so the names are here; the German clock and decimal comma
// are the same as the Albanian ones.
const MONTHS =
  "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor".split(" ");
const DAYS = "dielën hënën martën mërkurën enjten premten shtunën".split(" ");

export const sq: Words = {
  locale: "de",
  date: (at, year) =>
    `${at.getDate()} ${MONTHS[at.getMonth()]}${year ? ` ${at.getFullYear()}` : ""}`,
  loading: "Një çast…",
  close: "Mbyll bisedën",
  language: "Gjuha",
  about: "Privatësia juaj",
  back: "Kthehu te biseda",
  open: "Jemi këtu",
  closed: "Nuk jemi këtu tani",
  back_at: (time, weekday) =>
    `Kthehemi ${weekday === null ? "" : `të ${DAYS[weekday]} `}në orën ${time}`,
  policy: "Politika e privatësisë",
  contact: "Kontakti i privatësisë",
  forget: "Më harro në këtë pajisje",
  write: "Shkruani një mesazh…",
  send: "Dërgo",
  attach: "Bashkëngjit një skedar",
  emoji: "Emoji",
  remove: "Hiq",
  older: "Shfaq mesazhet më të vjetra",
  conversation: "Biseda",
  you: "Ju",
  team: "Ekipi",
  typing: (name) => `${name} po shkruan…`,
  today: "Sot",
  yesterday: "Dje",
  sending: "Po dërgohet…",
  waiting: "Do të dërgohet kur të keni lidhje",
  sent: "U dërgua",
  read: "U lexua",
  failed: "Nuk u dërgua",
  retry: "Provo përsëri",
  offline: "Nuk ka lidhje. Mesazhet tuaja ruhen dhe dërgohen më vonë.",
  later: "Serveri nuk mund të pranojë mesazhe tani. Mesazhet tuaja ruhen dhe dërgohen më vonë.",
  wake: "Më njofto kur të vijë përgjigjja",
  wake_no: "Jo, faleminderit",
  gone: "Kjo bisedë është mbyllur.",
  origin: "Kjo bisedë nuk është konfiguruar për këtë faqe.",
  notice_changed: "Njoftimi ynë për privatësinë ka ndryshuar. Ju lutemi, lexojeni përsëri.",
  too_big: (size) => `Skedari është tepër i madh. Kufiri është ${size}.`,
  too_many_files: (count) => `Jo më shumë se ${count} skedarë në një mesazh.`,
  file_type: "Skedarët e këtij lloji nuk mund të dërgohen.",
  slow_down: (seconds) => `Pak më ngadalë, ju lutemi. Provoni përsëri pas ${seconds} s.`,
  no_network: "Nuk ka lidhje me serverin.",
  broken: "Diçka nuk shkoi mirë.",
};
