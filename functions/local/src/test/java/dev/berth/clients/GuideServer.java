package dev.berth.clients;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every test that asks for one the shell of the guide's reader, with one Berth for all. */
final class GuideServer implements BeforeEachCallback, ParameterResolver {

  private static final List<String> REGIONS = List.of("us-east-1", "us-east-2", "us-west-2");

  /** Here and not on demand, as only here may a test be skipped for want of a program. */
  @Override
  public void beforeEach(ExtensionContext context) {
    Programs.assumeInstalled("aws", "bash", "curl");
    shell(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == GuideShell.class;
  }

  @Override
  public GuideShell resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return shell(context);
  }

  private static GuideShell shell(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(GuideServer.class))
        .getOrComputeIfAbsent("shell", key -> Running.start(), Running.class)
        .shell();
  }

  private record Running(WorkDirectory directory, Berth berth, GuideShell shell)
      implements AutoCloseable {

    static Running start() {
      var directory = WorkDirectory.create();
      try {
        var berth = Berth.in(directory.path(), Map.of(), "--regions", String.join(",", REGIONS));
        return new Running(directory, berth, new GuideShell(directory.path(), berth, REGIONS));
      } catch (RuntimeException | Error e) {
        directory.close();
        throw e;
      }
    }

    @Override
    public void close() {
      try (directory) {
        berth.close();
      }
    }
  }
}
