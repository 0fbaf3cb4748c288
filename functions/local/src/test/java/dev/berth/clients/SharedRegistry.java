package dev.berth.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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

  private record Running(Path directory, RegistryUnderTest registry) implements AutoCloseable {

    static Running start() {
      try {
        Path directory = Files.createTempDirectory("berth-clients");
        try {
          return new Running(directory, RegistryUnderTest.start(directory));
        } catch (RuntimeException | Error e) {
          delete(directory);
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() throws IOException {
      registry.close();
      delete(directory);
    }

    private static void delete(Path directory) throws IOException {
      List<Path> entries;
      try (Stream<Path> tree = Files.walk(directory)) {
        entries = tree.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path entry : entries) {
        Files.delete(entry);
      }
    }
  }
}
