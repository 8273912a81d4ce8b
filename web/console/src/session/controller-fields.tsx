/** Who is responsible for the installation and how to reach them; shown in the policy. */
import { TextArea, TextField } from "../../../ui/field.tsx";
import type { Controller } from "../../../wire/wire.ts";
import type { ApiError } from "../api.ts";
import { t } from "../words/index.ts";

export const noController: Controller = {
  name: "",
  contact_email: "",
  contact_phone: null,
  address: null,
};

/** Optional fields are absent rather than empty. */
export function tidyController(typed: Controller): Controller {
  return {
    name: typed.name.trim(),
    contact_email: typed.contact_email.trim(),
    contact_phone: typed.contact_phone?.trim() || null,
    address: typed.address?.trim() || null,
  };
}

interface Props {
  value: Controller;
  onValue: (controller: Controller) => void;
  error: ApiError | null;
}

export function ControllerFields({ value, onValue, error }: Props) {
  const set = (change: Partial<Controller>) => onValue({ ...value, ...change });
  return (
    <>
      <TextField
        label={t("controller.name")}
        autocomplete="organization"
        required
        value={value.name}
        onValue={(name) => set({ name })}
        error={error?.field("controller.name")}
      />
      <TextField
        label={t("controller.email")}
        type="email"
        autocomplete="email"
        required
        value={value.contact_email}
        onValue={(contact_email) => set({ contact_email })}
        error={error?.field("controller.contact_email")}
      />
      <TextField
        label={t("controller.phone")}
        type="tel"
        autocomplete="tel"
        value={value.contact_phone ?? ""}
        onValue={(contact_phone) => set({ contact_phone })}
        error={error?.field("controller.contact_phone")}
      />
      <TextArea
        label={t("controller.address")}
        autocomplete="street-address"
        rows={2}
        value={value.address ?? ""}
        onValue={(address) => set({ address })}
        error={error?.field("controller.address")}
      />
    </>
  );
}
