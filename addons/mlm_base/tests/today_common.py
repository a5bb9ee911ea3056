class TodayTests:
    """What holds for each board, whoever looks: for a mixin of a test case."""

    def board(self, user, room):
        return self.env["mlm.today"].with_user(user).sudo(False).get_board(room)

    def cards(self, user, room="commissions"):
        """``{code: card}`` of a board."""
        return {card["code"]: card for card in self.board(user, room)["cards"]}

    def assert_opens(self, user):
        """Assert that the user can open each card, and finds there what it counts.

        :return: codes of the cards
        """
        codes = set()
        for room in ("network", "commissions"):
            for code, card in self.cards(user, room).items():
                with self.subTest(user=user.login, card=code):
                    codes.add(code)
                    self._open(user, card["open"], card.get("count"))
                    button = card.get("button") or {}
                    if "open" in button:
                        self._open(user, button["open"])
                    elif "model" in button:
                        method = getattr(self.env[button["model"]], button["method"], None)
                        self.assertTrue(callable(method), button)
                    self.assertEqual(
                        sum(owner["count"] for owner in card.get("owners", ())),
                        card["count"] if "owners" in card else 0,
                    )
        return codes

    def _open(self, user, step, count=None):
        """Ask for what the web client asks for."""
        records = self.env[step["model"]].with_user(user).sudo(False)
        if "id" in step:
            records.get_views([(False, "form")])
            names = [name for name, field in records._fields.items() if field.store]
            readable = [
                name for name in names if records._has_field_access(records._fields[name], "read")
            ]
            records.browse(step["id"]).read(readable)
            return
        action = self.env["ir.actions.act_window"].with_user(user)._for_xml_id(step["action"])
        groups = self.env.ref(step["action"]).sudo().group_ids
        self.assertTrue(not groups or groups & user.all_group_ids, step)
        self.assertEqual(action["res_model"], step["model"])
        records.get_views(action["views"], {"action_id": action["id"], "toolbar": True})
        found = records.search(step["domain"])
        found[:5].read(["display_name"])
        if count is not None:
            self.assertEqual(len(found), count)

    def count_queries(self, user, room):
        """Return how many queries a board takes whose reader has just come."""
        self.board(user, room)  # what the registry keeps is known
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.board(user, room)
        return self.env.cr.sql_log_count - before
