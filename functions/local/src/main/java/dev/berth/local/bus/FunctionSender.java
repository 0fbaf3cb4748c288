package dev.berth.local.bus;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Invokes a Lambda function that is on a jar, one event at a time as one instance of it would: a
 * {@link RequestStreamHandler}, or a {@link RequestHandler} whose input is a map. The instance is
 * made for the first event.
 *
 * <p>An invocation that does not end in time is interrupted. Nothing can end one that goes on all
 * the same: until it does, further events wait, which is no try of theirs.
 */
final class FunctionSender implements Sender {

  private static final System.Logger LOG = System.getLogger(FunctionSender.class.getName());

  private final Path jar;
  private final String handler;
  private final Duration patience;

  /** Held while an invocation goes on, waited for or not. */
  private final Semaphore instance = new Semaphore(1);

  private HandlerJar loaded;

  FunctionSender(Path jar, String handler, Duration patience) {
    this.jar = jar;
    this.handler = handler;
    this.patience = patience;
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public void send(String event) throws RefusedException, InterruptedException {
    awaitTurn();
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread = Thread.ofPlatform().daemon().name("function").start(() -> invoke(event, end));
    try {
      end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw RefusedException.forNow("not done within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw RefusedException.forNow("failed: " + e.getCause());
    } finally {
      if (!end.isDone()) {
        thread.interrupt();
      }
    }
  }

  private void awaitTurn() throws InterruptedException {
    if (!instance.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0}: events wait, as an invocation goes on that was interrupted",
          handler);
      instance.acquire();
    }
  }

  /** The class is a stranger's: whatever it throws is its failure and not the host's. */
  private void invoke(String event, CompletableFuture<Void> end) {
    try {
      if (loaded == null) {
        loaded = HandlerJar.load(jar, handler);
      }
      loaded.invoke(event, patience);
      end.complete(null);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    } finally {
      instance.release();
    }
  }

  @Override
  public void close() {
    if (instance.tryAcquire() && loaded != null) {
      try {
        loaded.close();
      } catch (IOException e) {
        throw new IllegalStateException("cannot close " + jar, e);
      }
    }
  }
}
