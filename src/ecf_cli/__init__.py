def start() -> None:
    """Where the console script starts: the bare library comes without the command line."""
    try:
        from ecf_cli.main import main  # noqa: PLC0415 - it may not be there
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.startswith("ecf"):
            raise
        raise SystemExit(
            f"ecf: {missing.name} is not installed."
            " The command line needs the extra `all`: pip install 'ecf[all]'"
        ) from None
    main()
