// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One call of the app over a connection of ours: the state machine both connection classes share.
 *
 * <p>Before the call starts it plays the connected connection towards the app, with the messages of
 * the JDK's one, while that one is still untouched. The first question about the answer starts the
 * call on the asking thread. From then on every question goes to the connection the answer came
 * from.
 */
final class ConnectionCall {

  /**
   * Held while the answer is awaited, as the JDK's connection holds its own: two threads that ask
   * for the answer must not both send. {@link #disconnect} does without it.
   */
  private final ReentrantLock lock = new ReentrantLock();

  private final HttpURLConnection origin;
  private final URI uri;
  private final Likeness likeness;
  private final LostBodies lost;
  private final AnswerBody body;
  private final AppHeaders headers = new AppHeaders();

  private volatile boolean connecting;
  private volatile boolean connected;
  private volatile boolean disconnected;
  private volatile boolean opened;
  private volatile boolean posts;
  private boolean outputRefused;
  private volatile @Nullable RequestOutput output;
  private volatile @Nullable CallUpstream attempts;
  private @Nullable CompletionStage<GatewayResponse> stage;
  private volatile @Nullable Attempt chosen;
  private volatile boolean answered;
  private volatile @Nullable HttpURLConnection answer;
  private volatile @Nullable HttpURLConnection head;
  private volatile @Nullable UsedConnection standIn;

  ConnectionCall(HttpURLConnection origin, URI uri, @Nullable Proxy proxy, LostBodies lost) {
    this.origin = origin;
    this.uri = uri;
    this.likeness = new Likeness(origin, proxy);
    this.lost = lost;
    this.body = new AnswerBody(lost);
  }

  // What the app sets.

  /** The connection that holds the settings: the app's own until the call started. */
  HttpURLConnection current() {
    UsedConnection given = standIn;
    if (given != null) {
      return given;
    }
    Attempt done = chosen;
    CallUpstream ways = attempts;
    Attempt attempt = done != null || ways == null ? done : ways.last();
    return attempt == null ? origin : attempt.connection();
  }

  /** The same, for settings that cannot be changed once connected. */
  HttpURLConnection changeable() {
    refuseIf(connected, "Already connected");
    return current();
  }

  private void refuseIf(boolean state, String message) {
    // Once the call has started the connection in use knows its state itself.
    if (state && attempts == null) {
      throw new IllegalStateException(message);
    }
  }

  void setRequestProperty(String name, @Nullable String value) {
    refuseIf(connecting || connected, "Already connected");
    lock.lock();
    try {
      HttpURLConnection target = current();
      target.setRequestProperty(name, value);
      headers.set(target, name, value);
    } finally {
      lock.unlock();
    }
  }

  void addRequestProperty(String name, @Nullable String value) {
    refuseIf(connecting || connected, "Already connected");
    lock.lock();
    try {
      HttpURLConnection target = current();
      target.addRequestProperty(name, value);
      headers.add(target, name, value);
    } finally {
      lock.unlock();
    }
  }

  /** What the app set, never what was sent elsewhere in its name. */
  Map<String, List<String>> requestProperties() {
    refuseIf(connected, "Already connected");
    HttpURLConnection used = current();
    Map<String, List<String>> properties = used.getRequestProperties();
    return used == origin ? properties : origin.getRequestProperties();
  }

  void setRequestMethod(String method) throws ProtocolException {
    refuseIf(connecting, "connect in progress");
    current().setRequestMethod(method);
  }

  String requestMethod() {
    String method = current().getRequestMethod();
    return attempts == null && posts ? posting(method) : method;
  }

  private static String posting(String method) {
    return method.equals("GET") ? "POST" : method;
  }

  void setAuthenticator(Authenticator authenticator) {
    refuseIf(connecting || connected, "Authenticator must be set before connecting");
    current().setAuthenticator(authenticator);
    likeness.authenticator(authenticator);
  }

  void setFixedLength(int length) {
    changeable().setFixedLengthStreamingMode(length);
    likeness.fixedLength(length);
  }

  void setFixedLength(long length) {
    changeable().setFixedLengthStreamingMode(length);
    likeness.fixedLength(length);
  }

  void setChunked(int length) {
    refuseIf(connected, "Can't set streaming mode: already connected");
    current().setChunkedStreamingMode(length);
    likeness.chunkLength(length);
  }

  // What the app does.

  /** Connects; in name only if where to is not known before the answer is asked for. */
  void connect() throws IOException {
    lock.lock();
    try {
      if (attempts != null) {
        current().connect();
        return;
      }
      connecting = true;
      if (!moves()) {
        open(false);
      }
      connected = true;
    } finally {
      lock.unlock();
    }
  }

  private boolean moves() {
    URL url = likeness.url();
    return Ingress.moves(url.getHost(), url.getPort());
  }

  /** Connects the app's own connection before the call, as the JDK's one does by itself. */
  private void open(boolean buffering) throws IOException {
    boolean entered = Ingress.enter();
    try {
      if (buffering) {
        // Sends nothing, and is asked for again when the body is written.
        origin.getOutputStream();
      } else {
        origin.connect();
      }
      opened = true;
    } finally {
      Ingress.leave(entered);
    }
  }

  /** The connection that knows the TLS session; connects where the app thinks it has. */
  HttpURLConnection secured() {
    if (attempts == null && connected) {
      try {
        open(false);
      } catch (IOException e) {
        // It says so itself when it is asked.
      }
    }
    UsedConnection given = standIn;
    return given == null
        ? current()
        : given instanceof DeliveredConnection own ? own.secured() : origin;
  }

  OutputStream output() throws IOException {
    lock.lock();
    try {
      if (answer != null) {
        return current().getOutputStream();
      }
      RequestOutput own = output;
      if (own != null) {
        return own;
      }
      if (outputRefused || refusesOutput()) {
        outputRefused = true;
        connecting = true;
        return origin.getOutputStream();
      }
      connecting = true;
      posts = true;
      if (!moves()) {
        // A streaming output would send the head before the gateway has seen the request.
        open(!likeness.streaming());
      }
      connected = true;
      own = new RequestOutput(likeness.streaming(), likeness.fixedLength(), this::pass);
      output = own;
      if (likeness.fixedLength() > RequestBody.CAPTURE_LIMIT || expectsContinue()) {
        own.pass();
      }
      return own;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the JDK's connection throws here before it connects. */
  private boolean refusesOutput() {
    return !origin.getDoOutput()
        || (origin.getRequestMethod().equals("TRACE")
            && origin.getURL().getProtocol().equals("http"));
  }

  /** Whether the app wants to hear from the server before it writes. */
  private boolean expectsContinue() {
    return likeness.streaming()
        && "100-Continue".equalsIgnoreCase(origin.getRequestProperty("Expect"));
  }

  /** Starts the call while the app still writes. */
  private OutputStream pass() throws IOException {
    lock.lock();
    try {
      return start(RequestBody.OPAQUE, true).passage(stage);
    } finally {
      lock.unlock();
    }
  }

  InputStream input() throws IOException {
    Throwable first = ask();
    if (first != null) {
      throw Thrown.io(first);
    }
    return body.tapped(asked().getInputStream(), chosen);
  }

  /** Asks nobody, like the JDK: null until the answer is there. */
  @Nullable InputStream error() {
    HttpURLConnection used = answer;
    InputStream stream = used == null ? null : used.getErrorStream();
    return stream == null ? null : body.tapped(stream, chosen);
  }

  int status() throws IOException {
    Throwable first = ask();
    if (first != null && !answered) {
      throw Thrown.io(first);
    }
    return asked().getResponseCode();
  }

  @Nullable String message() throws IOException {
    status();
    return asked().getResponseMessage();
  }

  /** The connection to ask for header fields; without an answer it has none. */
  HttpURLConnection head() {
    Throwable first = ask();
    if (first != null && !(first instanceof IOException)) {
      var unused = Thrown.io(first);
    }
    HttpURLConnection own = head;
    return own == null ? asked() : own;
  }

  /** The app's URL, unless its own server sent it elsewhere. */
  URL url() {
    UsedConnection given = standIn;
    if (given != null) {
      return given.getURL();
    }
    Attempt done = chosen;
    return done == null || !done.redirected() ? likeness.url() : done.connection().getURL();
  }

  void disconnect() {
    disconnected = true;
    connected = false;
    current().disconnect();
    Attempt done = chosen;
    CallUpstream ways = attempts;
    if (done != null) {
      body.left(done);
    } else if (ways != null && standIn == null) {
      ways.abandon();
    }
  }

  // The call.

  private HttpURLConnection asked() {
    HttpURLConnection used = answer;
    return used == null ? origin : used;
  }

  /**
   * Makes sure there is an answer. What the connection threw goes to the one question that started
   * the call; later ones make it throw again by itself.
   */
  private @Nullable Throwable ask() {
    if (answer != null) {
      return null;
    }
    lock.lock();
    try {
      if (answer != null || (attempts == null && !origin.getDoInput())) {
        return null;
      }
      CallUpstream ways = begun();
      ways.finish();
      Outcome outcome = ways.outcome(stage, !disconnected, body);
      Attempt done = outcome.attempt();
      chosen = done;
      standIn = outcome.standIn();
      answered = outcome.answered();
      head = outcome.head();
      answer = outcome.answer();
      if (opened && (done == null || done.connection() != origin)) {
        // Connected for the app, but the call took another way.
        origin.disconnect();
      }
      if (done != null) {
        body.begin(done);
      }
      return outcome.thrown();
    } finally {
      lock.unlock();
    }
  }

  private CallUpstream begun() {
    RequestOutput own = output;
    if (attempts == null && own != null && own.incomplete()) {
      try {
        own.pass();
      } catch (IOException | RuntimeException e) {
        // The attempt keeps it.
      }
    }
    CallUpstream ways = attempts;
    return ways != null ? ways : start(own == null ? RequestBody.NONE : own.finish(), false);
  }

  private CallUpstream start(RequestBody content, boolean passing) {
    lost.sweep();
    boolean writes = posts || (likeness.streaming() && origin.getDoOutput());
    String method = origin.getRequestMethod();
    GatewayRequest request =
        new GatewayRequest(writes ? posting(method) : method, uri, headers.snapshot(), content);
    CallUpstream ways = new CallUpstream(request, likeness, output, passing);
    attempts = ways;
    if (!Ingress.bypassed()) {
      try {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        stage = Ingress.execute(request, new Exchange.CallSite("urlconnection", loader), ways);
      } catch (Throwable t) {
        Ingress.fault("urlconnection", t);
      }
    }
    return ways;
  }
}
