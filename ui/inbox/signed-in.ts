/** In a window that was opened for a single sign-on, on the page that it ends on: tells the others, and goes. */
const windows = new BroadcastChannel('offhook signed in');
windows.postMessage('signed in');
windows.close();
window.close();
