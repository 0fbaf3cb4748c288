package dev.berth.clients;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every test that asks for one the same running registry, started once for all classes. */
final class SharedRegistry implements BeforeEachCallback, ParameterResolver {

  /** Here and not on demand, as only here may a test be skipped for want of a registry. */
  @Override
  public void beforeEach(ExtensionContext context) {
    registry(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RegistryUnderTest.class;
  }

  @Override
  public RegistryUnderTest resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return registry(context);
  }

  private static RegistryUnderTest registry(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedRegistry.class))
        .getOrComputeIfAbsent("registry", key -> Running.start(), Running.class)
        .registry();
  }

  private record Running(WorkDirectory directory, RegistryUnderTest registry)
      implements AutoCloseable {

    static Running start() {
      var directory = WorkDirectory.create();
      try {
        return new Running(directory, RegistryUnderTest.start(directory.path()));
      } catch (RuntimeException | Error e) {
        directory.close();
        throw e;
      }
    }

    @Override
    public void close() {
      try (directory) {
        registry.close();
      }
    }
  }
}
