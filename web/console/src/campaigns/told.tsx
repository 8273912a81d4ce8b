/** A change of the policy is told: a grave one in front of everything, another one as a line above. */
import { useEffect, useState } from "preact/hooks";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icon.tsx";
import type { CampaignForMe } from "../../../wire/wire.ts";
import { campaigns } from "../operations.ts";
import { consentsChanged } from "../settings/consents.ts";
import { useLoaded } from "../settings/loading.tsx";
import { language, t } from "../words/index.ts";
import { campaignsChanged } from "./changed.ts";
import { News } from "./news.tsx";
import { useTold } from "./told-mark.ts";
import "./campaigns.css";

export function Told() {
  const loaded = useLoaded(() => campaigns.mine(language.value));
  const [later, setLater] = useState<readonly string[]>([]);
  const [open, setOpen] = useState(false);
  const seen = `${campaignsChanged.value} ${consentsChanged.value} ${language.value}`;
  useEffect(() => void loaded.reload(), [seen]);
  const item = loaded.value?.items.find(({ text }) => !later.includes(text.id));
  if (!item) return null;
  const close = () => {
    setOpen(false);
    if (item.text.weight === "major") setLater([...later, item.text.id]);
  };
  const shown = item.text.weight === "major" || open;
  return (
    <>
      {!shown && <Line item={item} open={() => setOpen(true)} />}
      {shown && (
        <News
          key={item.text.id}
          item={item}
          onClose={close}
          answered={loaded.reload}
          read={async () => {
            await loaded.reload();
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function Line({ item, open }: { item: CampaignForMe; open: () => void }) {
  useTold(item);
  return (
    <div class="banner campaign" role="status">
      <Icon name="info" size={18} />
      <span>{t("campaigns.title")}</span>
      <Button size="small" onClick={open}>
        {t("campaigns.see")}
      </Button>
    </div>
  );
}
