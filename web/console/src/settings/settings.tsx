/** Settings: sections on one side, the chosen one beside them. */
import { IconButton } from "../../../ui/button.tsx";
import { Icon, type IconName } from "../../../ui/icon.tsx";
import { Empty } from "../../../ui/states.tsx";
import { AssessmentsPage } from "../assessments/assessments-page.tsx";
import { backPath } from "../conversation/verbs.ts";
import { ExceptionsPage } from "../exceptions/exceptions-page.tsx";
import { InboxesPage } from "../inboxes/inboxes-page.tsx";
import { MembersPage } from "../members/members-page.tsx";
import { RequestsPage } from "../requests/requests-page.tsx";
import { waitingRequests } from "../requests/state.ts";
import { go, route, type Section, settingsPath } from "../router.ts";
import { FreshProof } from "../session/fresh.tsx";
import { amAdmin } from "../store/store.ts";
import { ThirdPartiesPage } from "../third-parties/third-parties-page.tsx";
import { number, t } from "../words/index.ts";
import { DevicesPage } from "./devices.tsx";
import { PrivacyPage } from "./privacy.tsx";
import { ProfilePage } from "./profile.tsx";
import { SecurityPage } from "./security.tsx";
import "./settings.css";

const sections: readonly { section: Section; icon: IconName; adminOnly?: boolean }[] = [
  { section: "profile", icon: "person" },
  { section: "security", icon: "shield" },
  { section: "privacy", icon: "hand" },
  { section: "devices", icon: "bell" },
  { section: "members", icon: "people" },
  { section: "inboxes", icon: "stack", adminOnly: true },
  { section: "requests", icon: "question", adminOnly: true },
  { section: "third-parties", icon: "handover", adminOnly: true },
  { section: "exceptions", icon: "file", adminOnly: true },
  { section: "assessments", icon: "warning", adminOnly: true },
];

export function Settings() {
  const page = route.value;
  if (page.page !== "settings") return null;
  return (
    <>
      <section class="list-pane settings-nav" aria-label={t("settings.title")}>
        <header class="pane-head">
          <IconButton icon="back" label={t("settings.back")} onClick={() => go(backPath())} />
          <h1>{t("settings.title")}</h1>
        </header>
        <ul class="rail-list">
          {sections
            .filter((item) => amAdmin.value || !item.adminOnly)
            .map(({ section, icon }) => (
              <li key={section}>
                <a
                  class={section === page.section ? "rail-link current" : "rail-link"}
                  href={settingsPath(section)}
                  aria-current={section === page.section ? "page" : undefined}
                >
                  <Icon name={icon} />
                  <span class="one-line">{t(`settings.${section}`)}</span>
                  {section === "requests" && waitingRequests.value > 0 && (
                    <b>{number(waitingRequests.value)}</b>
                  )}
                </a>
              </li>
            ))}
        </ul>
      </section>
      <main id="main" class="pane-main settings-main" tabIndex={-1}>
        <div class="settings-page">
          <header class="settings-head">
            <span class="only-phone">
              <IconButton
                icon="back"
                label={t("action.back")}
                onClick={() => go(page.id ? settingsPath(page.section) : "/settings")}
              />
            </span>
            <h1>{t(`settings.${page.section}`)}</h1>
          </header>
          <Content section={page.section} id={page.id} />
        </div>
      </main>
      <FreshProof />
    </>
  );
}

function Content({ section, id }: { section: Section; id: string | null }) {
  switch (section) {
    case "profile":
      return <ProfilePage />;
    case "security":
      return <SecurityPage />;
    case "privacy":
      return <PrivacyPage />;
    case "devices":
      return <DevicesPage />;
    case "members":
      return <MembersPage />;
    case "inboxes":
      return amAdmin.value ? <InboxesPage id={id} /> : <AdminsOnly />;
    case "third-parties":
      return amAdmin.value ? <ThirdPartiesPage /> : <AdminsOnly />;
    case "exceptions":
      return amAdmin.value ? <ExceptionsPage id={id} /> : <AdminsOnly />;
    case "assessments":
      return amAdmin.value ? <AssessmentsPage /> : <AdminsOnly />;
    case "requests":
      return amAdmin.value ? <RequestsPage id={id} /> : <AdminsOnly />;
  }
}

const AdminsOnly = () => <Empty icon="shield" title={t("settings.admins_only")} />;
