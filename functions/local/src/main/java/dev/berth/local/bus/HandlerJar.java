package dev.berth.local.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A Lambda function's class, loaded from a jar that has all that it needs. It shares the JDK and
 * Lambda's interfaces with the host, and nothing else.
 */
final class HandlerJar implements AutoCloseable {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SHARED = "com.amazonaws.services.lambda.runtime.";

  private final URLClassLoader loader;
  private final Object handler;

  private HandlerJar(URLClassLoader loader, Object handler) {
    this.loader = loader;
    this.handler = handler;
  }

  /**
   * @param name of the class, with or without {@code ::handleRequest}
   * @throws ReflectiveOperationException if there is no such class, or it cannot be made
   */
  static HandlerJar load(Path jar, String name) throws IOException, ReflectiveOperationException {
    var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, new Shared());
    try {
      Class<?> type = loader.loadClass(name.replaceFirst("::.*", ""));
      if (!RequestStreamHandler.class.isAssignableFrom(type)
          && !RequestHandler.class.isAssignableFrom(type)) {
        throw new ClassCastException(type + " is no RequestStreamHandler and no RequestHandler");
      }
      return new HandlerJar(loader, type.getConstructor().newInstance());
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      loader.close();
      throw e;
    }
  }

  /**
   * @param longest that it may take, which it is told
   */
  void invoke(String event, Duration longest) throws IOException {
    // libraries look for their own kind by this
    Thread.currentThread().setContextClassLoader(loader);
    Context context = new LocalContext(handler.getClass().getName(), longest);
    if (handler instanceof RequestStreamHandler streams) {
      var input = new ByteArrayInputStream(event.getBytes(UTF_8));
      streams.handleRequest(input, OutputStream.nullOutputStream(), context);
    } else {
      @SuppressWarnings("unchecked")
      var maps = (RequestHandler<Map<?, ?>, ?>) handler;
      maps.handleRequest(MAPPER.readValue(event, Map.class), context);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** Lets the class find the JDK and Lambda's interfaces, and none of the host's libraries. */
  private static final class Shared extends ClassLoader {

    Shared() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(SHARED)) {
        return Context.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
