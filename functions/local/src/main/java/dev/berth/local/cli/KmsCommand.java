package dev.berth.local.cli;

import dev.berth.local.host.SetupException;
import dev.berth.local.kms.LocalKey;
import dev.berth.local.kms.LocalKey.State;
import dev.berth.local.kms.LocalKeys;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./berth kms}: the keys that the local host encrypts repositories with. */
@Command(
    name = "kms",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Keys that repositories of the local host can be encrypted with.",
      "A running host notices changes at once."
    },
    subcommands = {
      KmsCommand.Create.class,
      KmsCommand.ListAll.class,
      KmsCommand.ListGrants.class,
      KmsCommand.Disable.class,
      KmsCommand.Enable.class
    })
final class KmsCommand {

  private static final String A_KEY = "The key's id or ARN, or an alias such as alias/team.";

  @Command(
      name = "create-key",
      mixinStandardHelpOptions = true,
      description = "Make a key and print its ARN.")
  static final class Create implements Runnable {

    @Option(
        names = "--alias",
        paramLabel = "NAME",
        description = "A name for the key, such as alias/team.")
    private Optional<String> alias = Optional.empty();

    @Mixin private KeyStore store;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      Optional<String> name = alias.map(text -> text.startsWith("alias/") ? text : "alias/" + text);
      name.ifPresent(Create::check);
      LocalKeys keys = store.keys();
      if (name.flatMap(keys::byAlias).isPresent()) {
        throw taken(name.get());
      }
      LocalKey key = keys.create();
      if (name.isPresent() && !keys.name(key, name.get())) {
        throw taken(name.get());
      }
      print(spec, List.of(key.arn().toString()));
    }

    private static void check(String name) {
      if (!LocalKeys.isAlias(name)) {
        throw new SetupException(
            "--alias: '%s' is not alias/ and 1 to 240 letters, digits, / _ or -".formatted(name));
      }
      if (name.startsWith(LocalKeys.RESERVED)) {
        throw new SetupException(
            "--alias: names that begin with %s are reserved".formatted(LocalKeys.RESERVED));
      }
    }

    private static SetupException taken(String name) {
      return new SetupException("--alias: there is a key with the alias " + name);
    }
  }

  @Command(
      name = "list-keys",
      mixinStandardHelpOptions = true,
      description = "Print each key: its ARN, whether it is enabled, its aliases.")
  static final class ListAll implements Runnable {

    @Mixin private KeyStore store;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      LocalKeys keys = store.keys();
      print(
          spec,
          keys.list().entrySet().stream()
              .flatMap(
                  entry ->
                      keys.byId(entry.getKey()).stream()
                          .map(key -> line(keys, key, entry.getValue())))
              .toList());
    }

    private static String line(LocalKeys keys, LocalKey key, List<String> aliases) {
      return "%s %s %s".formatted(key.arn(), keys.state(key), String.join(" ", aliases)).strip();
    }
  }

  @Command(
      name = "list-grants",
      mixinStandardHelpOptions = true,
      description = "Print each grant on a key: its name, its operation, its repository.")
  static final class ListGrants implements Runnable {

    @Parameters(paramLabel = "KEY", description = A_KEY)
    private String key;

    @Mixin private KeyStore store;
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      print(spec, store.keys().grants(store.required(key)));
    }
  }

  @Command(
      name = "disable-key",
      mixinStandardHelpOptions = true,
      description = "Let nobody use a key, until it is enabled again.")
  static final class Disable implements Runnable {

    @Parameters(paramLabel = "KEY", description = A_KEY)
    private String key;

    @Mixin private KeyStore store;

    @Override
    public void run() {
      store.keys().change(store.required(key), State.Disabled);
    }
  }

  @Command(
      name = "enable-key",
      mixinStandardHelpOptions = true,
      description = "Let a key be used again.")
  static final class Enable implements Runnable {

    @Parameters(paramLabel = "KEY", description = A_KEY)
    private String key;

    @Mixin private KeyStore store;

    @Override
    public void run() {
      store.keys().change(store.required(key), State.Enabled);
    }
  }

  private static void print(CommandSpec spec, List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(out::println);
    out.flush();
  }
}
