package dev.berth.local.bus;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs a line of the shell with an event on its standard input; what it prints is printed where the
 * host prints. An exit status other than 0 is worth another try.
 */
final class CommandSender implements Sender {

  private final String line;
  private final Duration patience;

  CommandSender(String line, Duration patience) {
    this.line = line;
    this.patience = patience;
  }

  @Override
  public void send(String event) throws RefusedException, InterruptedException {
    try {
      await(begun(event));
    } catch (IOException e) {
      throw RefusedException.forNow("not run: " + e.getMessage());
    }
  }

  private Process begun(String event) throws IOException {
    // a file, as a pipe would wait for a command that does not read
    Path input = Files.createTempFile("berth-event", ".json");
    try {
      Files.writeString(input, event + "\n");
      return new ProcessBuilder("/bin/sh", "-c", line)
          .redirectInput(input.toFile())
          .redirectOutput(Redirect.INHERIT)
          .redirectError(Redirect.INHERIT)
          .start();
    } finally {
      // the command has it open; nobody is left to remove it where the host is killed
      Files.delete(input);
    }
  }

  private void await(Process process) throws RefusedException, InterruptedException {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw RefusedException.forNow("not done within " + patience.toSeconds() + " s");
      }
    } finally {
      // what it has started is not waited for, and not left behind when it is ended
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
    if (process.exitValue() != 0) {
      throw RefusedException.forNow("exit status " + process.exitValue());
    }
  }
}
