"""The search box on the map: names, pinyin, codes, addresses, and coordinates."""
