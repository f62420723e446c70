"""Running graphs: sessions, plans and the engines that carry plans out."""
