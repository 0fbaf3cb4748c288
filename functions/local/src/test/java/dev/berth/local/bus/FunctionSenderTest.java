package dev.berth.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.events.EcrEvents;
import dev.berth.local.bus.Sender.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FunctionSenderTest {

  private static final String EVENT = EcrEvents.write(Events.push("v1"));
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path directory;
  private Path jar;
  private Path taken;

  @BeforeEach
  void makeJar() throws IOException {
    jar = directory.resolve("functions.jar");
    taken = directory.resolve("taken");
    System.setProperty("berth.test.taken", taken.toString());
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type :
          List.of(
              SampleHandlers.Streams.class,
              SampleHandlers.Maps.class,
              SampleHandlers.Hanging.class,
              SampleHandlers.Deaf.class,
              SampleHandlers.Failing.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
          bytes.transferTo(out);
        }
      }
    }
  }

  @AfterEach
  void forget() {
    System.clearProperty("berth.test.taken");
  }

  @Test
  void aStreamHandlerGetsTheEvent() throws Exception {
    try (Sender sender = sender("Streams", LONG)) {
      sender.send(EVENT);
      assertThat(taken).hasContent(EVENT);
      sender.send(EVENT);
    }
  }

  @Test
  void aHandlerOfMapsGetsTheEventAndSeesNothingOfTheHost() throws Exception {
    try (Sender sender = sender("Maps", LONG)) {
      sender.send(EVENT);
      assertThat(taken).hasContent("ECR Image Action false " + SampleHandlers.Maps.class.getName());
    }
  }

  @Test
  void whatAHandlerThrowsIsItsOwnFailure() {
    try (Sender sender = sender("Failing", LONG)) {
      assertThatThrownBy(() -> sender.send(EVENT))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("too deep");
    }
  }

  @Test
  void aClassThatIsNotThereOrNoHandlerIsAFailure() {
    for (String name : List.of("Absent", "")) {
      try (Sender sender = sender(name, LONG)) {
        assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(RefusedException.class);
      }
    }
  }

  @Test
  void aHandlerThatHangsIsEnded() {
    try (Sender sender = sender("Hanging", Duration.ofMillis(1))) {
      assertThatThrownBy(() -> sender.send(EVENT)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  @Timeout(60)
  void anEventThatWaitsForAnotherInvocationIsNotRefused() throws Exception {
    BlockingQueue<String> invoked = new LinkedBlockingQueue<>();
    var end = new Semaphore(0);
    System.getProperties().put(SampleHandlers.Deaf.TAKEN, invoked);
    System.getProperties().put(SampleHandlers.Deaf.END, end);
    try (Sender sender = sender("Deaf", Duration.ofMillis(1))) {
      assertThatThrownBy(() -> sender.send("first")).hasMessageStartingWith("not done within");
      var second = new Thread(() -> catchThrowable(() -> sender.send("second")));
      second.start();
      while (second.getState() != Thread.State.WAITING) {
        assertThat(second.isAlive()).as("waits for its turn").isTrue();
      }
      end.release(2);
      assertThat(invoked.take()).isEqualTo("first");
      assertThat(invoked.take()).isEqualTo("second");
      second.join();
    } finally {
      System.getProperties().remove(SampleHandlers.Deaf.TAKEN);
      System.getProperties().remove(SampleHandlers.Deaf.END);
    }
  }

  private Sender sender(String name, Duration patience) {
    return new FunctionSender(jar, SampleHandlers.class.getName() + "$" + name, patience);
  }
}
