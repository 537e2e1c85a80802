print("twinset")
